using System.Globalization;
using System.Net;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// What an application of the original does from its start to its end, with bob as SIPp plays him: in the application's
/// own process, through the surrogate, and late bound in VBScript; at the embedded server and at Kamailio.
/// </summary>
[Collection(WineCollection.Name)]
public sealed class StoryTests(WinePrefix wine) : IAsyncLifetime
{
    private const string Local = "local";
    private const string Script = "script";
    private const string DotNet = "dotnet";
    private const string OwnProcess = "own process";

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
        await wine.TwiceIfLostAsync(() => ChatThroughKamailioAsync(mode, transport));
    }

    private async Task ChatThroughKamailioAsync(string mode, int transport)
    {
        await using var kamailio = await KamailioServer.StartAsync();
        var bob = new Bob(kamailio.EndPoint, kamailio.Passwords["bob"]);
        await bob.RegisterAsync();
        Task<string> story;
        await using (var invited = await bob.ListenAsync())
        {
            story = await StartAsync(mode, kamailio.EndPoint, kamailio.Passwords["alice"], transport);
            var result = invited.CompleteAsync();
            if (await Task.WhenAny(story, result) == story)
            {
                await story;
            }

            Bob.Check(await result);
        }

        await bob.InviteAsync();
        AssertInOrder(mode, await story);
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
        Assert.DoesNotContain("wrong", output, StringComparison.Ordinal);
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
