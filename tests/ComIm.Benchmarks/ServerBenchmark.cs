using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ComIm.Server;
using ComIm.TestKit;

namespace ComIm.Benchmarks;

/// <summary>
/// Registered users, renewed registrations and forwarded MESSAGE requests of the embedded server and of Kamailio, over UDP on loopback,
/// by the same clients in the same run: without digest on both, and with SHA-256 digest on both. The clients share the machine with
/// the servers.
/// </summary>
internal static partial class ServerBenchmark
{
    private const int Users = 10_000;
    private const int Pairs = 11;
    private const int WarmUps = 4;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(0.5);

    private static readonly Dictionary<string, string> Passwords = Enumerable.Range(0, Users).ToDictionary(
        i => string.Create(CultureInfo.InvariantCulture, $"user{i}"), i => string.Create(CultureInfo.InvariantCulture, $"secret{i}"));

    public static async Task RunAsync()
    {
        if (Requires.Find("kamailio") is null)
        {
            Console.Error.WriteLine("Kamailio is not installed: there is nothing to measure the server beside.");
            return;
        }

        await CompareAsync(withDigest: false);
        await CompareAsync(withDigest: true);
    }

    /// <summary>Both are up all the time and measured in turns, so that what else the machine does meets both.</summary>
    private static async Task CompareAsync(bool withDigest)
    {
        var program = typeof(ServerBenchmark).Assembly.Location;
        await using var process = GuardedProcess.Start("dotnet", [program, withDigest ? "serve-digest" : "serve-open"]);
        var match = await process.UntilOutputAsync(Listening()).WaitAsync(TimeSpan.FromSeconds(30));
        await using var kamailio = await KamailioServer.StartAsync(
            new KamailioOptions { Passwords = Passwords, RequiresDigest = withDigest, Algorithm = "SHA-256", SharedMegabytes = 1024 });
        await using var ours = new ServerLoad(IPEndPoint.Parse(match.Groups[1].Value), Passwords);
        await using var theirs = new ServerLoad(kamailio.EndPoint, Passwords);
        var mode = withDigest ? "digest" : "open";
        Figures.Print($"server.{mode}.comim.registered", await ours.RegisterAllAsync(), "users");
        Figures.Print($"server.{mode}.kamailio.registered", await theirs.RegisterAllAsync(), "users");
        await TakeTurnsAsync($"server.{mode}.register", () => ours.RegisterAsync(Slice), () => theirs.RegisterAsync(Slice));
        await TakeTurnsAsync($"server.{mode}.message", () => ours.SendAsync(Slice), () => theirs.SendAsync(Slice));
        Figures.Print($"server.{mode}.comim.failed", ours.Failed, "");
        Figures.Print($"server.{mode}.kamailio.failed", theirs.Failed, "");
    }

    private static async Task TakeTurnsAsync(string name, Func<Task<double>> ours, Func<Task<double>> theirs)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            await ours();
            await theirs();
        }

        var rates = (Ours: new double[Pairs], Theirs: new double[Pairs], Ratios: new double[Pairs]);
        for (var i = 0; i < Pairs; i++)
        {
            GC.Collect();
            rates.Ours[i] = await ours();
            rates.Theirs[i] = await theirs();
            rates.Ratios[i] = rates.Ours[i] / rates.Theirs[i];
        }

        Figures.Print($"{name}.comim.rate", Figures.Median(rates.Ours), "/s");
        Figures.Print($"{name}.kamailio.rate", Figures.Median(rates.Theirs), "/s");
        Figures.Print($"{name}.ratio", Figures.Median(rates.Ratios), "of Kamailio");
        Figures.Print($"{name}.ratio.low", rates.Ratios[Pairs / 10], "of Kamailio");
        Figures.Print($"{name}.ratio.high", rates.Ratios[^(1 + (Pairs / 10))], "of Kamailio");
    }

    /// <summary>The embedded server as this process, for the other half: it prints where it listens and runs until it is killed.</summary>
    public static async Task ServeAsync(bool withDigest)
    {
        await using var server = await ImServer.StartAsync(new ImServerOptions
        {
            Domain = ServerLoad.Domain,
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Users = new UserList(Passwords.Select(p => $"{p.Key}:{p.Value}")),
            RequiresAuthentication = withDigest,
        });
        Console.WriteLine($"Listening on {server.LocalEndPoint}.");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }

    [GeneratedRegex(@"Listening on (\S+)\.")]
    private static partial Regex Listening();
}
