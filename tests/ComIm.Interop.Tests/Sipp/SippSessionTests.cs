using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Sipp;

/// <summary>SIPp in session mode against the stack, as caller and as callee.</summary>
public sealed class SippSessionTests
{
    private const int Calls = 100;
    private const int Parallel = 5;

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Callee_SessionsOfSipp_NoneFails(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var agent = new ChatAgent(Transport(tcp), new IPEndPoint(IPAddress.Loopback, 5060));
        var result = await SippRunner.RunAsync(Options("im-session-caller", tcp) with { Remote = agent.EndPoint });
        Assert.True(result is { ExitCode: 0, Successful: Calls, Failed: 0 }, result.ToString());
        Assert.Equal((Calls, 0), (agent.Ended, agent.Dialogs.Count));
    }

    [SkippableFact]
    public async Task Callee_CancelledBySipp_NoneFails()
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var agent = new ChatAgent(Transport(tcp: false), new IPEndPoint(IPAddress.Loopback, 5060), answers: false);
        var result = await SippRunner.RunAsync(Options("im-session-cancelled", tcp: false) with { Remote = agent.EndPoint });
        Assert.True(result is { ExitCode: 0, Successful: Calls, Failed: 0 }, result.ToString());
        Assert.Equal((Calls, 0), (agent.Ended, agent.Dialogs.Count));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Caller_SessionsToSipp_NoneFails(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var sipp = await SippRunner.ListenAsync(Options("im-session-callee", tcp));
        await using var agent = new ChatAgent(Transport(tcp), sipp.EndPoint);
        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => CallAsync(agent, Calls / Parallel))).WaitAsync(TimeSpan.FromSeconds(30));
        var result = await sipp.CompleteAsync();
        Assert.True(result is { ExitCode: 0, Successful: Calls, Failed: 0 }, result.ToString());
        Assert.Equal((Calls, 0), (agent.Ended, agent.Dialogs.Count));
    }

    private static async Task CallAsync(ChatAgent agent, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await CallAsync(agent);
        }
    }

    private static async Task CallAsync(ChatAgent agent)
    {
        var outcome = await agent.Sessions.Invite(SipUri.Parse("sip:sipp@example.com"), ChatAgent.Offer, agent).Completion;
        var session = outcome.Session;
        Assert.True(session is not null, outcome.Outcome.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(200, (await ChatAgent.SendAsync(session, "hello")).StatusCode);
        Assert.Equal(200, (await session.ReinviteAsync(ChatAgent.Offer)).StatusCode);
        var bye = await session.ByeAsync();
        Assert.True(bye is { StatusCode: 200 }, bye?.Response + bye?.Failure?.ToString());
    }

    private static ISipTransport Transport(bool tcp)
    {
        var local = new IPEndPoint(IPAddress.Loopback, 0);
        return tcp ? new TcpTransport(local) : new UdpTransport(local);
    }

    private static SippOptions Options(string scenario, bool tcp) => new()
    {
        Scenario = Path.Combine(AppContext.BaseDirectory, "Sipp", "Scenarios", scenario + ".xml"),
        Tcp = tcp,
        Calls = Calls,
        CallsPerSecond = 50,

        // Its own buffer holds a few dozen datagrams; what a busy machine then drops, and is sent again, its scenarios take for a fault.
        Arguments = ["-buff_size", "2000000"],
    };
}
