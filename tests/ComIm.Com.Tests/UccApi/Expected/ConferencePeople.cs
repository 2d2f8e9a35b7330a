using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>alice by the UCC API, and bob, who is asked into her conferences, by the client itself; a server of their own for each test.</summary>
public abstract class ConferencePeople : IAsyncLifetime
{
    protected TestServer Server { get; private set; } = null!;

    private protected UccPeer Alice { get; private set; } = null!;

    protected ImAccount Bob { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        Alice = new UccPeer("alice", Server.Address).Enable();
        Bob = await new ImClient().SignInAsync(Server.SettingsOf("bob"));
        Watch(Bob);
    }

    public async Task DisposeAsync()
    {
        Alice.Shutdown();
        await Bob.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>Begins to note what happens at bob.</summary>
    private protected abstract void Watch(ImAccount bob);
}
