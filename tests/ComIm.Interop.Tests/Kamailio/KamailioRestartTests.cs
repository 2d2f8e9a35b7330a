using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Kamailio;

/// <summary>A server of others that is killed and comes back with nothing in its memory.</summary>
public sealed class KamailioRestartTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(MessagingMode.Pager)]
    [InlineData(MessagingMode.Session)]
    public async Task Server_KilledAndStartedAgain_ConversationsGoOn(MessagingMode mode)
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        var options = new KamailioOptions { Port = FreePort.ForReturn() };
        var server = await KamailioServer.StartAsync(options);
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf(server, "alice") with { MessagingMode = mode });
        var bob = await client.SignInAsync(SettingsOf(server, "bob") with { MessagingMode = mode });
        var (toBob, toAlice) = (alice.GetConversation("sip:bob@example.com"), bob.GetConversation("sip:alice@example.com"));
        await toBob.SendAsync("before").WaitAsync(Guard);
        var (aliceIsBack, bobIsBack) = (BackOf(alice), BackOf(bob));
        await server.DisposeAsync();
        await using var again = await KamailioServer.StartAsync(options);
        await Task.WhenAll(aliceIsBack, bobIsBack).WaitAsync(Guard);

        Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("after").WaitAsync(Guard)).Status);
        Assert.Equal(MessageStatus.Delivered, (await toAlice.SendAsync("and back").WaitAsync(Guard)).Status);
        Assert.Equal(["before", "after", "and back"], toBob.Messages.Select(m => m.Text));
        Assert.Equal(["before", "after", "and back"], toAlice.Messages.Select(m => m.Text));
        Assert.Single(alice.Conversations);
        InteropTable.Record(Peer.Kamailio, Capability.Restart);
    }

    private static Task BackOf(ImAccount account)
    {
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        account.StateChanged += (_, e) =>
        {
            if (e is { OldState: ImAccountState.Reconnecting, NewState: ImAccountState.SignedIn })
            {
                back.TrySetResult();
            }
        };
        return back.Task;
    }

    private static ImAccountSettings SettingsOf(KamailioServer server, string user) => new()
    {
        Address = $"sip:{user}@{KamailioServer.Domain}",
        Password = server.Passwords[user],
        Server = server.EndPoint.ToString(),
        Transport = ImTransport.Tcp,
    };
}
