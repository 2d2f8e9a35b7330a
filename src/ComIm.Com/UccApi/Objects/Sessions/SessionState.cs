namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>Where a session object stands.</summary>
internal enum SessionState
{
    /// <summary>It can be used.</summary>
    Open,

    /// <summary>It is being terminated.</summary>
    Terminating,

    /// <summary>Over; there will be no more events.</summary>
    Terminated,
}
