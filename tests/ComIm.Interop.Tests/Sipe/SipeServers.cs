using ComIm.Client.Accounts;

namespace ComIm.Interop.Tests.Sipe;

/// <summary>The servers that the tests are run at, with the transport of our side.</summary>
public static class SipeServers
{
    public static TheoryData<SipeServerKind, ImTransport> All => new()
    {
        { SipeServerKind.KamailioOf2005, ImTransport.Udp },
        { SipeServerKind.KamailioOf2007, ImTransport.Tcp },
        { SipeServerKind.Embedded, ImTransport.Udp },
        { SipeServerKind.Embedded, ImTransport.Tcp },
    };
}
