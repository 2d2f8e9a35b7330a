using ComIm.Client.Accounts;
using ComIm.TestKit;

namespace ComIm.Faults.Tests.Chats;

/// <summary>How bad the network is that chats have to bear.</summary>
internal static class BadNetwork
{
    private static readonly RelayConditions Datagrams = new()
    {
        Loss = 0.15, Duplication = 0.15, Reordering = 0.15, Delay = TimeSpan.FromMilliseconds(10), Detour = TimeSpan.FromMilliseconds(40),
    };

    // It loses by breaking, when a test says so.
    private static readonly RelayConditions Stream = new() { Delay = TimeSpan.FromMilliseconds(5), MaxPiece = 400 };

    public static RelayConditions Of(ImTransport transport) => transport == ImTransport.Udp ? Datagrams : Stream;
}
