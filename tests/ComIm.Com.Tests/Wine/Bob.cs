using System.Net;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>bob as SIPp plays him, registered at any server: a peer that is none of our code.</summary>
internal sealed class Bob(IPEndPoint server, string password)
{
    private readonly int _port = FreePort.UdpAndTcp();

    /// <summary>Registers him.</summary>
    public async Task RegisterAsync() => Check(await SippRunner.RunAsync(Options("register-bob", server)));

    /// <summary>Waits to be invited; complete it to see what was said.</summary>
    public Task<SippRunner> ListenAsync(string scenario = "bob-invited") => SippRunner.ListenAsync(Options(scenario, null));

    /// <summary>Invites alice.</summary>
    public async Task InviteAsync(string scenario = "bob-invites") => Check(await SippRunner.RunAsync(Options(scenario, server)));

    /// <summary>Fails where SIPp saw what its scenario does not have.</summary>
    public static void Check(SippResult result) => Assert.True(result is { ExitCode: 0, Failed: 0, Successful: 1 }, result.ToString());

    private SippOptions Options(string scenario, IPEndPoint? remote) => new()
    {
        Scenario = Path.Combine(Repository.Root, "tests", "ComIm.Com.Tests", "Wine", "Sipp", scenario + ".xml"),
        Remote = remote,
        Port = _port,
        Timeout = TimeSpan.FromSeconds(90),
        Arguments = ["-au", "bob", "-ap", password],
    };
}
