using ComIm.Client;
using ComIm.Client.Sessions;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine.Cycles;

/// <summary>bob, who accepts every session and says again what is said to him.</summary>
internal sealed class EchoingBob : IAsyncDisposable
{
    private readonly ImClient _client = new();

    private EchoingBob()
    {
    }

    public static async Task<EchoingBob> SignInAsync(TestServer server)
    {
        var bob = new EchoingBob();
        await bob._client.SignInAsync(server.SettingsOf("bob"), account => account.SessionOffered += (_, e) => Take(e.Session));
        return bob;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static void Take(ImSession session)
    {
        session.MessageReceived += (_, e) => _ = session.SendAsync(e.Content);
        session.Accept();
    }
}
