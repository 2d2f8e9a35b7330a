using ComIm.TestKit;

namespace ComIm.Interop.Tests.Sipp;

public sealed class SippRunnerTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scenario_runs_against_a_server(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        Skip.IfNot(Requires.Kamailio(out reason), reason);
        await using var server = await KamailioServer.StartAsync();

        var result = await SippRunner.RunAsync(Options(server.EndPoint, tcp) with { Calls = 5, CallsPerSecond = 50 });

        Assert.True(result is { ExitCode: 0, Successful: 5, Failed: 0 }, result.ToString());
    }

    [SkippableFact]
    public async Task Two_scenarios_run_against_each_other()
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var callee = await SippRunner.ListenAsync(new SippOptions { Scenario = Scenario("answer") });

        var caller = await SippRunner.RunAsync(Options(callee.EndPoint, tcp: false));

        Assert.True(caller is { ExitCode: 0, Successful: 1 }, caller.ToString());
        Assert.Contains("SIP/2.0 200 Scripted", caller.Messages, StringComparison.Ordinal);
        var answered = await callee.CompleteAsync();
        Assert.True(answered is { ExitCode: 0, Successful: 1 }, answered.ToString());
    }

    [SkippableFact]
    public async Task A_call_that_does_not_follow_the_scenario_fails_with_its_cause()
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var callee = await SippRunner.ListenAsync(new SippOptions { Scenario = Scenario("refuse") });

        var caller = await SippRunner.RunAsync(Options(callee.EndPoint, tcp: false));

        Assert.True(caller is { ExitCode: 1, Successful: 0, Failed: 1 }, caller.ToString());
        Assert.Equal(["FailedUnexpectedMessage"], caller.FailureCauses.Keys);
        Assert.Contains("SIP/2.0 486 Scripted", caller.Errors, StringComparison.Ordinal);
    }

    private static SippOptions Options(System.Net.IPEndPoint remote, bool tcp) =>
        new() { Scenario = Scenario("options"), Remote = remote, Tcp = tcp };

    private static string Scenario(string name) => Path.Combine(AppContext.BaseDirectory, "Sipp", "Scenarios", name + ".xml");
}
