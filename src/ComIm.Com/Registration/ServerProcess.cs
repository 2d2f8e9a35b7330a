namespace ComIm.Com.Registration;

/// <summary>Where the COM objects of a client live.</summary>
public enum ServerProcess
{
    /// <summary>In the client's process only; the client must have the bitness of the server.</summary>
    InProcess,

    /// <summary>
    /// In the client's process, or in Windows' surrogate (dllhost.exe) for clients of the other bitness and those that
    /// ask with CLSCTX_LOCAL_SERVER.
    /// </summary>
    Surrogate,

    /// <summary>
    /// In a comim.exe of its own only. Programs of .NET (Core) need this, or CLSCTX_LOCAL_SERVER: in their own process
    /// the runtime would hand them our C# objects instead of COM objects.
    /// </summary>
    OwnProcess,
}
