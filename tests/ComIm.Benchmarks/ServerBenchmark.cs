using System.Diagnostics;
using System.Globalization;
using System.Net;
using ComIm.Server;
using ComIm.TestKit;

namespace ComIm.Benchmarks;

/// <summary>
/// Registered users and forwarded MESSAGE requests of the embedded server and of Kamailio, over UDP on loopback, by the same clients
/// in the same run: without digest on both, and with SHA-256 digest on both. The clients share the machine with the servers.
/// </summary>
internal static class ServerBenchmark
{
    private const int Users = 1000;
    private const int Runs = 5;

    private static readonly Dictionary<string, string> Passwords = Enumerable.Range(0, Users).ToDictionary(
        i => string.Create(CultureInfo.InvariantCulture, $"user{i}"), i => string.Create(CultureInfo.InvariantCulture, $"secret{i}"));

    public static async Task RunAsync()
    {
        foreach (var withDigest in new[] { false, true })
        {
            var ours = await OwnAsync(withDigest);
            if (Requires.Find("kamailio") is null)
            {
                Console.Error.WriteLine("Kamailio is not installed: nothing to compare with.");
                continue;
            }

            var theirs = await KamailioAsync(withDigest);
            Figures.Print($"server.{Mode(withDigest)}.ratio", ours / theirs, "");
        }
    }

    private static async Task<double> OwnAsync(bool withDigest)
    {
        await using var server = await ImServer.StartAsync(new ImServerOptions
        {
            Domain = ServerLoad.Domain,
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Users = new UserList(Passwords.Select(p => $"{p.Key}:{p.Value}")),
            RequiresAuthentication = withDigest,
        });
        return await MeasureAsync($"server.{Mode(withDigest)}.comim", server.LocalEndPoint);
    }

    private static async Task<double> KamailioAsync(bool withDigest)
    {
        await using var server = await KamailioServer.StartAsync(
            new KamailioOptions { Passwords = Passwords, RequiresDigest = withDigest, Algorithm = "SHA-256", SharedMegabytes = 1024 });
        return await MeasureAsync($"server.{Mode(withDigest)}.kamailio", server.EndPoint);
    }

    private static async Task<double> MeasureAsync(string name, IPEndPoint server)
    {
        await using var load = new ServerLoad(server, Passwords);
        var clock = Stopwatch.GetTimestamp();
        Figures.Print(name + ".registered", await load.RegisterAsync(), "users");
        Figures.Print(name + ".register-rate", Users / Stopwatch.GetElapsedTime(clock).TotalSeconds, "/s");
        await load.SendAsync(TimeSpan.FromSeconds(2));
        var rates = new double[Runs];
        for (var i = 0; i < Runs; i++)
        {
            GC.Collect();
            rates[i] = await load.SendAsync(TimeSpan.FromSeconds(2));
        }

        var rate = Figures.Median(rates);
        Figures.Print(name + ".message-rate", rate, "/s");
        Figures.Print(name + ".failed", load.Failed, "");
        return rate;
    }

    private static string Mode(bool withDigest) => withDigest ? "digest" : "open";
}
