namespace ComIm.Client.Sessions;

/// <summary>A provisional response has come to our INVITE.</summary>
/// <param name="statusCode">180 for ringing, 183 …; never 100.</param>
public sealed class ImSessionProgressEventArgs(int statusCode) : EventArgs
{
    /// <summary>180 for ringing, 183 …; never 100.</summary>
    public int StatusCode { get; } = statusCode;
}
