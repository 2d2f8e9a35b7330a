using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ComIm.Server;
using ComIm.TestKit;

namespace ComIm.Benchmarks;

/// <summary>
/// Registered users and forwarded MESSAGE requests of the embedded server and of Kamailio, over UDP on loopback, by the same clients
/// in the same run: without digest on both, and with SHA-256 digest on both. The clients share the machine with the servers.
/// </summary>
internal static partial class ServerBenchmark
{
    private const int Users = 1000;
    private const int Runs = 5;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

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
        await RegisterAsync($"server.{mode}.comim", ours);
        await RegisterAsync($"server.{mode}.kamailio", theirs);
        var rates = (Ours: new double[Runs], Theirs: new double[Runs], Ratios: new double[Runs]);
        for (var i = 0; i < Runs; i++)
        {
            GC.Collect();
            rates.Ours[i] = await ours.SendAsync(Duration);
            rates.Theirs[i] = await theirs.SendAsync(Duration);
            rates.Ratios[i] = rates.Ours[i] / rates.Theirs[i];
        }

        Figures.Print($"server.{mode}.comim.message-rate", Figures.Median(rates.Ours), "/s");
        Figures.Print($"server.{mode}.comim.failed", ours.Failed, "");
        Figures.Print($"server.{mode}.kamailio.message-rate", Figures.Median(rates.Theirs), "/s");
        Figures.Print($"server.{mode}.kamailio.failed", theirs.Failed, "");
        Figures.Print($"server.{mode}.ratio", Figures.Median(rates.Ratios), "");
    }

    private static async Task RegisterAsync(string name, ServerLoad load)
    {
        Figures.Print(name + ".registered", await load.RegisterAsync(), "users");

        // Once more, as clients renew: the first round also warms both sides up.
        var clock = Stopwatch.GetTimestamp();
        await load.RegisterAsync();
        Figures.Print(name + ".register-rate", Users / Stopwatch.GetElapsedTime(clock).TotalSeconds, "/s");
        await load.SendAsync(Duration);
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
