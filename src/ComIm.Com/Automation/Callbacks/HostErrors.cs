namespace ComIm.Com.Automation.Callbacks;

/// <summary>Which failures of a call say that the object's host is no more.</summary>
internal static class HostErrors
{
    private const int ServerDied = unchecked((int)0x80010007);
    private const int ServerDiedDidNotExecute = unchecked((int)0x80010012);
    private const int Disconnected = unchecked((int)0x80010108);
    private const int ObjectNotConnected = unchecked((int)0x800401FD);
    private const int ServerUnavailable = unchecked((int)0x800706BA);
    private const int CallFailed = unchecked((int)0x800706BE);

    /// <summary>Whether there is no use in ever calling again.</summary>
    public static bool IsGone(int hresult) => hresult is
        ServerDied or ServerDiedDidNotExecute or Disconnected or ObjectNotConnected or ServerUnavailable or CallFailed;
}
