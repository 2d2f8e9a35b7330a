using System.Net;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>bob as SIPp plays him, registered at any server: a peer that is none of our code.</summary>
/// <param name="server">Where.</param>
/// <param name="password">His password.</param>
/// <param name="isUriChecked">
/// Whether the server takes a digest only with the request that it was made for (RFC 7616 section 3.4.6). SIPp makes all digests of a run
/// for one URI, so its requests inside dialogs go to alice's address then, as some phones' do, and not to her Contact.
/// </param>
internal sealed class Bob(IPEndPoint server, string password, bool isUriChecked = false)
{
    private const string Register = "register-bob";
    private const string Alice = "alice@example.com";

    private readonly int _port = FreePort.UdpAndTcp();

    /// <summary>Registers him.</summary>
    public async Task RegisterAsync() => Check(await SippRunner.RunAsync(Options(Register, server)));

    /// <summary>Waits to be invited; complete it to see what was said.</summary>
    public Task<SippRunner> ListenAsync(string scenario = "bob-invited") => SippRunner.ListenAsync(Options(scenario, null));

    /// <summary>Invites alice.</summary>
    public async Task InviteAsync(string scenario = "bob-invites") => Check(await SippRunner.RunAsync(Options(scenario, server)));

    /// <summary>Fails where SIPp saw what its scenario does not have.</summary>
    public static void Check(SippResult result) => Assert.True(result is { ExitCode: 0, Failed: 0, Successful: 1 }, result.ToString());

    private SippOptions Options(string scenario, IPEndPoint? remote) => new()
    {
        Scenario = isUriChecked ? ToAddress(scenario) : FileOf(scenario),
        Remote = remote,
        Port = _port,

        // Longer than a Windows program may run: what is lost there is to be seen as such.
        Timeout = TimeSpan.FromSeconds(270),
        Arguments = ["-au", "bob", "-ap", password, .. isUriChecked ? ["-auth_uri", scenario == Register ? "example.com" : Alice] : Array.Empty<string>()],
    };

    private static string FileOf(string scenario) => Path.Combine(Repository.Root, "tests", "ComIm.Com.Tests", "Wine", "Sipp", scenario + ".xml");

    private static string ToAddress(string scenario)
    {
        var copy = Path.Combine(AppContext.BaseDirectory, scenario + "-to-address.xml");
        File.WriteAllText(copy, File.ReadAllText(FileOf(scenario)).Replace("[next_url]", "sip:" + Alice, StringComparison.Ordinal));
        return copy;
    }
}
