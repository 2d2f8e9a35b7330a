using System.Globalization;
using System.Net;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// What an application of the original does from its start to its end, with bob as SIPp plays him: in the application's
/// own process and through the surrogate, at the embedded server and at Kamailio.
/// </summary>
[Collection(WineCollection.Name)]
public sealed class StoryTests(WinePrefix wine) : IAsyncLifetime
{
    private static readonly string[] Steps =
    [
        "signed in", "sent: Hello from C++", "received: sip:bob@example.com: You said: Hello from C++", "left",
        "accepted", "received: sip:bob@example.com: Hello from the peer", "sent: Hello back", "the peer has left", "story: done",
    ];

    private static readonly string[] Events =
    [
        "event: OnEnable", "event: OnOutgoingSession", "event: OnParticipantAdded", "event: OnParticipantAdded",
        "event: OnAddParticipant", "event: OnSendMessage", "event: OnComposing", "event: OnInstantMessageReceived",
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
            await wine.RegisterAsync();
        }
    }

    [SkippableTheory]
    [InlineData("inproc")]
    [InlineData("local")]
    public async Task A_cpp_application_chats_through_the_embedded_server(string mode)
    {
        WinePrefix.Demand();
        await using var server = await TestServer.StartAsync();
        await using var bob = await ManagedBob.SignInAsync(server);
        var story = await StartAsync(mode, server.Server.LocalEndPoint, "secret-alice", transport: 2);
        await bob.UntilLeftAsync(story);
        await bob.InviteAsync();
        AssertInOrder(await story);
    }

    [SkippableTheory]
    [InlineData("inproc", 1)]
    [InlineData("local", 2)]
    public async Task A_cpp_application_chats_through_Kamailio_with_digest(string mode, int transport)
    {
        WinePrefix.Demand();
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        Skip.IfNot(Requires.Kamailio(out reason), reason);
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
        AssertInOrder(await story);
    }

    private async Task<Task<string>> StartAsync(string mode, IPEndPoint server, string password, int transport)
    {
        var program = await UccClient.CompileAsync(wine, "story.cpp");
        return wine.RunMarkedAsync(
            "story",
            [WinePrefix.ToWindows(program), mode, server.ToString(), "alice@example.com", password, "sip:bob@example.com", transport.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <summary>The lines of the story are there in their order; others may stand between them.</summary>
    private static void AssertInOrder(string output)
    {
        Assert.DoesNotContain("wrong", output, StringComparison.Ordinal);
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        foreach (var sequence in (string[][])[Steps, Events])
        {
            var at = -1;
            foreach (var expected in sequence)
            {
                at = Array.FindIndex(lines, at + 1, line => line.StartsWith(expected, StringComparison.Ordinal));
                Assert.True(at >= 0, $"'{expected}' is missing, or not in its place: {output}");
            }
        }
    }
}
