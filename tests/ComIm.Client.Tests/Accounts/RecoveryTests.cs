using System.Net;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Accounts;

/// <summary>What becomes of accounts and their conversations when servers and networks go and come.</summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(MessagingMode.Pager)]
    [InlineData(MessagingMode.Session)]
    public async Task Server_Lost_TheNextOfItsDomainTakesOver(MessagingMode mode)
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        var first = await TestServer.StartAsync();
        await using var second = await TestServer.StartAsync();
        await using var dns = await NameServer.StartAsync($"""
            _sip._tcp SRV 1 0 {first.Server.LocalEndPoint.Port} sip
            _sip._tcp SRV 2 0 {second.Server.LocalEndPoint.Port} sip
            sip A {IPAddress.Loopback}
            """);
        await using var client = new ImClient(new ImClientOptions { DnsServers = [dns.EndPoint] });
        var settings = new ImAccountSettings { Address = "alice@example.com", Password = "secret-alice", MessagingMode = mode };
        var alice = await client.SignInAsync(settings).WaitAsync(Guard);
        var bob = await client.SignInAsync(settings with { Address = "bob@example.com", Password = "secret-bob" }).WaitAsync(Guard);
        var (aliceIs, bobIs) = (new AccountStates(alice), new AccountStates(bob));
        var toBob = alice.GetConversation("bob@example.com");
        await toBob.SendAsync("before").WaitAsync(Guard);
        Assert.Equal(2, first.Server.Location.Count);

        await first.DisposeAsync();
        var lost = await aliceIs.UntilAsync(ImAccountState.Reconnecting);
        Assert.Equal(ImError.ServerUnreachable, lost.Cause!.Error);
        await aliceIs.UntilAsync(ImAccountState.SignedIn);
        await bobIs.UntilAsync(ImAccountState.SignedIn);
        Assert.Null(alice.StateCause);
        Assert.Equal(2, second.Server.Location.Count);

        // The conversations are the same ones, on both sides.
        Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("after").WaitAsync(Guard)).Status);
        var toAlice = Assert.Single(bob.Conversations);
        Assert.Equal(["before", "after"], toAlice.Messages.Select(m => m.Text));
        await toAlice.SendAsync("and back").WaitAsync(Guard);
        Assert.Equal(["before", "after", "and back"], toBob.Messages.Select(m => m.Text));
    }

    [Theory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task Network_Changed_AccountAndSessionGoOnFromTheNewAddress(ImTransport transport)
    {
        var address = IPAddress.Parse("127.0.0.1");
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient(new ImClientOptions { LocalAddressTo = _ => address });
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var other = new ImClient(new ImClientOptions
        {
            Trace = e =>
            {
                if (e is { Sent: true, Summary: "200 OK" } && e.Text.Contains(" UPDATE\n", StringComparison.Ordinal))
                {
                    told.TrySetResult();
                }
            },
        });
        var alice = await client.SignInAsync(server.SettingsOf("alice", transport));
        var bob = await other.SignInAsync(server.SettingsOf("bob"));
        var toBob = alice.GetConversation("bob@example.com");
        await toBob.StartAsync().WaitAsync(Guard);
        await toBob.SendAsync("from here").WaitAsync(Guard);
        var toAlice = bob.GetConversation("alice@example.com");

        var refreshed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        alice.Registration.StateChanged += (state, _) =>
        {
            if (state == Sip.Registration.RegistrationState.Registered)
            {
                refreshed.TrySetResult();
            }
        };
        address = IPAddress.Parse("127.0.0.2");
        client.OnNetworkChanged();
        await refreshed.Task.WaitAsync(Guard);
        Assert.Contains(server.Server.Location.Find("alice"), b => b.Contact.Host == "127.0.0.2");
        Assert.Equal("127.0.0.2", alice.Contact.Host);

        // Ours is heard from the new address; theirs finds it once the session has told them.
        Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("from there").WaitAsync(Guard)).Status);
        var session = toAlice.Session.Current!;
        await told.Task.WaitAsync(Guard);
        Assert.Contains("127.0.0.2", session.Dialog.RemoteTarget, StringComparison.Ordinal);
        Assert.Equal(MessageStatus.Delivered, (await toAlice.SendAsync("to there").WaitAsync(Guard)).Status);
        Assert.Equal(["from here", "from there", "to there"], toBob.Messages.Select(m => m.Text));
        Assert.Equal(ConversationState.Connected, toBob.State);
        Assert.Same(session, toAlice.Session.Current);
    }

    [SkippableFact]
    public async Task Search_OfAnAccountOverTls_PassesOverWhatIsLess()
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var dns = await NameServer.StartAsync("_sips._tcp SRV 1 0 5071 sip\n_sip._tcp SRV 1 0 5070 sip\n_sip._udp SRV 1 0 5070 sip\nsip A 127.0.0.1");
        var locator = new SipLocator(new SipLocatorOptions { DnsServers = [dns.EndPoint] });
        var search = new ServerSearch(new ImAccountSettings { Address = "alice@example.com" }, SipUri.Parse("sip:alice@example.com"), locator);
        Assert.Equal(3, await search.WalkAsync(() => false).CountAsync());
        var only = Assert.Single(await search.WalkAsync(() => true).ToListAsync());
        Assert.Equal((SipTransportKind.Tls, "example.com"), (only.Transport, only.HostName));
    }

    [Fact]
    public async Task Accounts_OfOneProcess_AreKeptApart()
    {
        await using var home = await TestServer.StartAsync();
        await using var work = await TestServer.StartAsync();
        await using var client = new ImClient();
        var accounts = new[]
        {
            await client.SignInAsync(home.SettingsOf("alice")), await client.SignInAsync(work.SettingsOf("alice", ImTransport.Tcp)),
            await client.SignInAsync(home.SettingsOf("bob")), await client.SignInAsync(work.SettingsOf("bob", ImTransport.Tcp)),
        };
        Assert.Equal(4, client.Accounts.Count);
        await accounts[0].SendAsync("bob@example.com", "at home").WaitAsync(Guard);
        await accounts[1].SendAsync("bob@example.com", "at work").WaitAsync(Guard);
        Assert.Equal("at home", Assert.Single(Assert.Single(accounts[2].Conversations).Messages).Text);
        Assert.Equal("at work", Assert.Single(Assert.Single(accounts[3].Conversations).Messages).Text);
        await accounts[0].SignOutAsync();
        await accounts[1].SendAsync("bob@example.com", "still at work").WaitAsync(Guard);
        Assert.Equal(3, client.Accounts.Count);
    }
}
