using ComIm.Client;
using ComIm.Interop.Tests.Table;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Sipp;

/// <summary>MESSAGE outside a session, both ways, 1,000 times, against a peer that is none of our code.</summary>
public sealed class PagerModeTests
{
    // SIPp 3.6.1 looks at the first challenge only, and knows no other algorithm.
    private static readonly DigestVerifierOptions OnlyMd5 = new() { Algorithms = [DigestAlgorithm.Md5] };

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_ToOurStack_AreTakenOnceEach(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var peer = new SippPeer(tcp);

        var result = await SippRunner.RunAsync(SippScenarios.Load("message", tcp) with { Remote = peer.EndPoint });

        SippScenarios.AssertNoneFailed(result);
        Assert.Equal((SippScenarios.Calls, 0), peer.Seen(SipMethods.Message));
        See(Capability.PagerFrom, tcp);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_OfOurStack_AreTaken(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var callee = await SippRunner.ListenAsync(SippScenarios.Load("answer-message", tcp));
        await using var peer = new SippPeer(tcp, callee.EndPoint);

        var statuses = await SippScenarios.RunManyAsync(i => peer.SendMessageAsync(i));

        Assert.All(statuses, status => Assert.Equal(200, status));
        SippScenarios.AssertNoneFailed(await callee.CompleteAsync());
        See(Capability.PagerTo, tcp);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_ThroughTheServerWithDigest_ReachTheirUserOnceEach(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var server = await TestServer.StartAsync(digest: OnlyMd5);
        await using var client = new ImClient();
        var received = 0;
        await using var account = await client.SignInAsync(server.SettingsOf("bob"));
        account.MessageReceived += (_, _) => Interlocked.Increment(ref received);

        var result = await SippRunner.RunAsync(Digest("message-digest", tcp, "bob@example.com", server));

        SippScenarios.AssertNoneFailed(result);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref received) >= SippScenarios.Calls, TimeSpan.FromSeconds(20)));
        Assert.Equal(SippScenarios.Calls, received);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Registrations_AtTheServerWithDigest_AreTaken(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var server = await TestServer.StartAsync(digest: OnlyMd5);

        var result = await SippRunner.RunAsync(Digest("register-digest", tcp, "example.com", server));

        SippScenarios.AssertNoneFailed(result);
        Assert.Single(server.Server.Location.Find("carol"));
    }

    private static void See(Capability capability, bool tcp)
    {
        InteropTable.Record(Peer.Sipp, capability, "yes, 1,000 times");
        InteropTable.Record(Peer.Sipp, tcp ? Capability.Tcp : Capability.Udp);
    }

    // Unless told, SIPp proves its password for the server's address, not for the Request-URI.
    private static SippOptions Digest(string scenario, bool tcp, string uri, TestServer server) =>
        SippScenarios.Load(scenario, tcp) with { Remote = server.Server.LocalEndPoint, Arguments = ["-auth_uri", uri] };
}
