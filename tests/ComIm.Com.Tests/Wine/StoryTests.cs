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
    private static readonly string[] Story =
    [
        "event: OnEnable", "signed in", "event: OnOutgoingSession", "event: OnParticipantAdded", "event: OnParticipantAdded",
        "sent: Hello from C++", "event: OnComposing", "received: sip:bob@example.com: You said: Hello from C++",
        "event: OnTerminate", "left", "event: OnIncomingSession", "accepted", "received: sip:bob@example.com: Hello from the peer",
        "sent: Hello back", "event: OnTerminate", "the peer has left", "event: OnDisable", "event: OnShutdown",
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
        Demand();
        await using var server = await TestServer.StartAsync();
        await RunAsync(mode, server.Server.LocalEndPoint, "secret-alice", "secret-bob", transport: 2);
    }

    [SkippableTheory]
    [InlineData("inproc", 1)]
    [InlineData("local", 2)]
    public async Task A_cpp_application_chats_through_Kamailio_with_digest(string mode, int transport)
    {
        Demand();
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var kamailio = await KamailioServer.StartAsync();
        await RunAsync(mode, kamailio.EndPoint, kamailio.Passwords["alice"], kamailio.Passwords["bob"], transport);
    }

    private static void Demand()
    {
        WinePrefix.Demand();
        Skip.IfNot(Requires.Sipp(out var reason), reason);
    }

    private async Task RunAsync(string mode, IPEndPoint server, string password, string bobsPassword, int transport)
    {
        var program = await UccClient.CompileAsync(wine, "story.cpp");
        var bob = new Bob(server, bobsPassword);
        await bob.RegisterAsync();
        Task<string> story;
        await using (var invited = await bob.ListenAsync())
        {
            story = wine.RunMarkedAsync(
                "story",
                [WinePrefix.ToWindows(program), mode, server.ToString(), "alice@example.com", password, "sip:bob@example.com", transport.ToString(CultureInfo.InvariantCulture)]);
            await Task.WhenAny(story, invited.CompleteAsync());
            if (story.IsCompleted)
            {
                await story;
            }

            Bob.Check(await invited.CompleteAsync());
        }

        await bob.InviteAsync();
        AssertInOrder(await story);
    }

    /// <summary>The lines of the story are there in their order; others may stand between them.</summary>
    private static void AssertInOrder(string output)
    {
        Assert.DoesNotContain("wrong", output, StringComparison.Ordinal);
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        var at = -1;
        foreach (var expected in Story)
        {
            var next = Array.FindIndex(lines, at + 1, line => line.StartsWith(expected, StringComparison.Ordinal));
            Assert.True(next >= 0, $"'{expected}' is missing after line {at + 1}: {output}");
            at = next;
        }
    }
}
