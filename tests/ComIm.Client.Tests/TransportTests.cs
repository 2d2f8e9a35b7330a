using System.Collections.Concurrent;
using System.Net;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Client.Tests;

/// <summary>What the choice of a transport means for people: long texts, TLS, IPv6.</summary>
public sealed class TransportTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(ImTransport.Udp, ImTransport.Udp)]
    [InlineData(ImTransport.Udp, ImTransport.Tcp)]
    [InlineData(ImTransport.Tcp, ImTransport.Udp)]
    public async Task LongText_OverUdpAccounts_Arrives(ImTransport aliceUses, ImTransport bobUses)
    {
        var trace = new ConcurrentQueue<ImTraceEntry>();
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient(new ImClientOptions { Trace = trace.Enqueue });
        var alice = await client.SignInAsync(server.SettingsOf("alice", aliceUses));
        var bob = await client.SignInAsync(server.SettingsOf("bob", bobUses));
        var texts = bob.ReceiveAsync().GetAsyncEnumerator();
        var text = string.Concat(Enumerable.Repeat("žluťoučký kůň ", 1500));
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(text) > 20_000);

        Assert.Equal(MessageStatus.Delivered, (await alice.SendAsync("sip:bob@example.com", text).WaitAsync(Guard)).Status);
        Assert.True(await texts.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal(text, texts.Current.Text);
        Assert.All(trace.Where(e => e.Summary.StartsWith("MESSAGE", StringComparison.Ordinal)), e => Assert.Equal("TCP", e.Transport));

        // The registration stays where it was, and short texts as well.
        Assert.Equal(ImAccountState.SignedIn, alice.State);
        await alice.SendAsync("sip:bob@example.com", "short").WaitAsync(Guard);
        Assert.Equal(
            aliceUses == ImTransport.Udp ? "UDP" : "TCP",
            trace.Last(e => e.Sent && e.Summary.StartsWith("MESSAGE", StringComparison.Ordinal)).Transport);
    }

    [Theory]
    [InlineData(ImTransport.Tcp)]
    [InlineData(ImTransport.Tls)]
    public async Task Flow_LostAndServerBack_IsRegisteredAgain(ImTransport transport)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isBack = false;
        await using var client = new ImClient(new ImClientOptions
        {
            Trace = e =>
            {
                if (Volatile.Read(ref isBack) && !e.Sent && e.Summary == "200 OK" && e.Text.Contains(" REGISTER\n", StringComparison.Ordinal))
                {
                    registered.TrySetResult();
                }
            },
        });
        var (endPoint, tlsPort) = (new IPEndPoint(IPAddress.Loopback, FreePort.ForReturn()), FreePort.ForReturn());
        var server = await TestServer.StartAsync(endPoint, certificate: certificate, tlsPort: tlsPort);
        var alice = await client.SignInAsync(server.SettingsOf("alice", transport) with { TrustedRoots = authority.Roots });
        await server.DisposeAsync();
        Volatile.Write(ref isBack, true);
        await using var again = await TestServer.StartAsync(endPoint, certificate: certificate, tlsPort: tlsPort);
        await registered.Task.WaitAsync(Guard);

        await using var other = new ImClient();
        var bob = await other.SignInAsync(again.SettingsOf("bob"));
        var texts = alice.ReceiveAsync().GetAsyncEnumerator();
        await bob.SendAsync("sip:alice@example.com", "welcome back").WaitAsync(Guard);
        Assert.True(await texts.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("welcome back", texts.Current.Text);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tls_WithATrustedRoot_CarriesTexts(bool ipv6)
    {
        using var authority = new TestAuthority();
        await using var server = await TestServer.StartAsync(Loopback(ipv6), certificate: authority.Issue("127.0.0.1", "::1"));
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", ImTransport.Tls) with { TrustedRoots = authority.Roots });
        var bob = await client.SignInAsync(server.SettingsOf("bob", ImTransport.Tls) with { TrustedRoots = authority.Roots });
        var texts = bob.ReceiveAsync().GetAsyncEnumerator();
        await alice.SendAsync("sip:bob@example.com", "hello").WaitAsync(Guard);
        Assert.True(await texts.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("hello", texts.Current.Text);
    }

    [Theory]
    [InlineData("other.example.com", true, "is not for 127.0.0.1, but for other.example.com")]
    [InlineData("127.0.0.1", false, "which is not trusted here")]
    public async Task Tls_ServerNotProved_SaysSo(string name, bool trusted, string expected)
    {
        using var authority = new TestAuthority();
        await using var server = await TestServer.StartAsync(certificate: authority.Issue(name));
        await using var client = new ImClient();
        var settings = server.SettingsOf("alice", ImTransport.Tls) with { TrustedRoots = trusted ? authority.Roots : null };
        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(settings));
        Assert.Equal(ImError.ServerNotTrusted, error.Error);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-alice", error.ToString(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task IPv6_BothWays_CarriesTextsShortAndLong(ImTransport transport)
    {
        await using var server = await TestServer.StartAsync(Loopback(true));
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", transport));
        var bob = await client.SignInAsync(server.SettingsOf("bob", transport));
        var texts = bob.ReceiveAsync().GetAsyncEnumerator();
        foreach (var text in new[] { "hello", new string('x', 5000) })
        {
            await alice.SendAsync("sip:bob@example.com", text).WaitAsync(Guard);
            Assert.True(await texts.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.Equal(text, texts.Current.Text);
        }
    }

    private static IPEndPoint Loopback(bool ipv6)
    {
        if (ipv6)
        {
            Skip.IfNot(Requires.IPv6(out var reason), reason);
        }

        return new IPEndPoint(ipv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0);
    }
}
