using System.Globalization;
using System.Net;
using ComIm.Sip.Authentication;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// What an application of the original does from its start to its end, with bob as SIPp and pidgin-sipe play him, who are none of our
/// code: in the application's own process, through the surrogate, and late bound in VBScript; at the embedded server and at Kamailio.
/// </summary>
[Collection(WineCollection.Name)]
public sealed class StoryTests(WinePrefix wine) : IAsyncLifetime
{
    private const string Local = "local";
    private const string Script = "script";
    private const string DotNet = "dotnet";
    private const string OwnProcess = "own process";

    // Longer than a Windows program may run: what is lost there is to be seen as such.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(270);

    private static readonly string[] Events =
    [
        "event: OnEnable", "event: OnOutgoingSession", "event: OnParticipantAdded", "event: OnParticipantAdded",
        "event: OnStateChanged 1 to 2", "event: OnSendMessage", "event: OnComposing", "event: OnInstantMessageReceived",
        "event: OnStateChanged 3 to 5", "event: OnTerminate", "event: OnIncomingSession", "event: OnInstantMessageReceived",
        "event: OnSendMessage", "event: OnTerminate", "event: OnDisable", "event: OnShutdown",
    ];

    public async Task InitializeAsync()
    {
        if (WinePrefix.IsComplete)
        {
            await wine.RegisterAsync("--uccapi", "--surrogate");
        }
    }

    public async Task DisposeAsync()
    {
        if (WinePrefix.IsComplete)
        {
            await wine.EndServersAsync();
            await wine.RegisterAsync();
        }
    }

    [SkippableTheory]
    [InlineData("inproc")]
    [InlineData(Local)]
    [InlineData(Script)]
    [InlineData(DotNet)]
    [InlineData(OwnProcess)]
    public async Task An_application_chats_through_the_embedded_server(string mode)
    {
        WinePrefix.Demand();
        await wine.TwiceIfLostAsync(() => ChatThroughTheEmbeddedServerAsync(mode));
    }

    private async Task ChatThroughTheEmbeddedServerAsync(string mode)
    {
        await using var server = await TestServer.StartAsync();
        await using var bob = await ManagedBob.SignInAsync(server);
        var story = await StartAsync(mode, server.Server.LocalEndPoint, "secret-alice", transport: 2);
        await bob.UntilLeftAsync(story);
        await bob.InviteAsync();
        AssertInOrder(mode, await story);
    }

    [SkippableTheory]
    [InlineData("inproc", 1)]
    [InlineData(Local, 2)]
    [InlineData(Script, 2)]
    public async Task An_application_chats_through_Kamailio_with_digest(string mode, int transport)
    {
        WinePrefix.Demand();
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        Skip.IfNot(Requires.Kamailio(out reason), reason);
        await wine.TwiceIfLostAsync(async () =>
        {
            await using var kamailio = await KamailioServer.StartAsync();
            await ChatWithSippAsync(mode, transport, kamailio.EndPoint, new Bob(kamailio.EndPoint, kamailio.Passwords["bob"]));
        });
    }

    [SkippableTheory]
    [InlineData("inproc", 2)]
    [InlineData(Local, 1)]
    [InlineData(Script, 2)]
    public async Task An_application_chats_with_SIPp_through_the_embedded_server_with_digest(string mode, int transport)
    {
        WinePrefix.Demand();
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await wine.TwiceIfLostAsync(async () =>
        {
            // SIPp looks at the first challenge only, and knows MD5.
            await using var server = await TestServer.StartAsync(digest: new DigestVerifierOptions { Algorithms = [DigestAlgorithm.Md5] });
            var endPoint = server.Server.LocalEndPoint;
            await ChatWithSippAsync(mode, transport, endPoint, new Bob(endPoint, "secret-bob", isUriChecked: true));
        });
    }

    [SkippableTheory]
    [InlineData("inproc", 1, false)]
    [InlineData(Local, 2, true)]
    [InlineData(Script, 2, false)]
    public async Task An_application_chats_with_pidgin_sipe_through_Kamailio_with_digest(string mode, int transport, bool isOf2007)
    {
        WinePrefix.Demand();
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        Skip.IfNot(SipePeer.IsInstalled(out reason), reason);
        await wine.TwiceIfLostAsync(async () =>
        {
            await using var kamailio = await KamailioServer.StartAsync(new KamailioOptions { HasEventCategories = isOf2007 });
            await using var bob = await SipePeer.StartAsync("bob", KamailioServer.Domain, kamailio.EndPoint);
            var story = await StartAsync(mode, kamailio.EndPoint, kamailio.Passwords["alice"], transport);
            await UnlessOverAsync(story, PlayAsync(bob));
            AssertInOrder(mode, await story);
            AssertTwoMessages(mode, await story);
        });
    }

    private static async Task PlayAsync(SipePeer bob)
    {
        const string Alice = "sip:alice@example.com";
        await bob.UntilAsync("typing " + Alice, Patience);
        var hello = await bob.UntilAsync($"received {Alice} (Hello from .*)", Patience);
        await bob.DoAsync("typing " + Alice);
        await bob.DoAsync($"text {Alice} You said: {hello.Groups[1].Value}");
        await bob.UntilAsync("left", Patience);

        // Its first text is in the INVITE, and comes again as a message.
        await bob.DoAsync($"text {Alice} Hello from the peer");
        await bob.UntilAsync($"received {Alice} Hello back", Patience);
        await bob.DoAsync("leave " + Alice);
    }

    private static void AssertTwoMessages(string mode, string output)
    {
        if (mode != Script)
        {
            Assert.Equal(2, output.Split('\n', StringSplitOptions.TrimEntries).Count(line => line == "event: OnInstantMessageReceived"));
        }
    }

    private async Task ChatWithSippAsync(string mode, int transport, IPEndPoint server, Bob bob)
    {
        await bob.RegisterAsync();
        Task<string> story;
        await using (var invited = await bob.ListenAsync())
        {
            story = await StartAsync(mode, server, "secret-alice", transport);
            var result = invited.CompleteAsync();
            await UnlessOverAsync(story, result);
            Bob.Check(await result);
        }

        await UnlessOverAsync(story, bob.InviteAsync());
        AssertInOrder(mode, await story);
    }

    /// <summary>Waits for bob's part; where the application ends before, it is shown how.</summary>
    private static async Task UnlessOverAsync(Task<string> story, Task played)
    {
        if (await Task.WhenAny(story, played) == story)
        {
            await story;
        }

        await played;
    }

    private async Task<Task<string>> StartAsync(string mode, IPEndPoint server, string password, int transport)
    {
        string[] arguments = [server.ToString(), "alice@example.com", password, "sip:bob@example.com", transport.ToString(CultureInfo.InvariantCulture)];
        if (mode == Script)
        {
            return wine.RunScriptAsync(ChatTests.Script("ucc-story.vbs"), arguments);
        }

        if (mode is DotNet or OwnProcess)
        {
            await wine.RegisterAsync("--uccapi", mode == DotNet ? "--surrogate" : "--own-process");
            return wine.RunDotNetAsync("TestClient", Repository.TestClient, arguments);
        }

        var program = await UccClient.CompileAsync(wine, "story.cpp");
        return wine.RunMarkedAsync("story", [WinePrefix.ToWindows(program), mode, .. arguments]);
    }

    /// <summary>The lines of the story are there in their order; others may stand between them.</summary>
    internal static void AssertInOrder(string mode, string output)
    {
        ProgramOutput.AssertNothingWrong(output);
        AssertSequence(output, Steps(mode switch { Script => "VBScript", DotNet or OwnProcess => "C#", _ => "C++" }));
        if (mode is "inproc" or Local)
        {
            AssertSequence(output, Events);
            AssertSequence(output, ["event: OnParticipantAdded", "event: OnAddParticipant", "event: OnSendMessage"]);
            AssertSequence(output, ["event: OnStateChanged 1 to 2", "event: OnStateChanged 2 to 3", "event: OnStateChanged 3 to 5"]);
        }
    }

    private static string[] Steps(string language) =>
    [
        "signed in", "sent: Hello from " + language, "received: sip:bob@example.com: You said: Hello from " + language, "left",
        "accepted", "received: sip:bob@example.com: Hello from the peer", "sent: Hello back", "the peer has left",
    ];

    private static void AssertSequence(string output, string[] sequence)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        var at = -1;
        foreach (var expected in sequence)
        {
            at = Array.FindIndex(lines, at + 1, line => line.StartsWith(expected, StringComparison.Ordinal));
            Assert.True(at >= 0, $"'{expected}' is missing, or not in its place: {output}");
        }
    }
}
