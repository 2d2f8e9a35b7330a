using ComIm.Client;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>alice and bob, both signed in by the UCC API, at a server of their own for each test.</summary>
public abstract class TwoPeople : IAsyncLifetime
{
    protected TestServer Server { get; private set; } = null!;

    private protected UccPeer Alice { get; private set; } = null!;

    private protected UccPeer Bob { get; private set; } = null!;

    /// <summary>What bob's client is made with; null is as usual.</summary>
    protected virtual ImClientOptions? OptionsOfBob => null;

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        Alice = new UccPeer("alice", Server.Address).Enable();
        Bob = new UccPeer("bob", Server.Address, options: OptionsOfBob).Enable();
    }

    public async Task DisposeAsync()
    {
        Alice.Shutdown();
        Bob.Shutdown();
        await Server.DisposeAsync();
    }
}
