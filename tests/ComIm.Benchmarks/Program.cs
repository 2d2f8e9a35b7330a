using ComIm.Benchmarks;
using ComIm.Benchmarks.Events;

// dotnet run -c Release --project tests/ComIm.Benchmarks -- NAME...; prints one line a figure: name, value, unit.
var benchmarks = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
{
    ["parse"] = ParseBenchmark.RunAsync,
    ["serialize"] = SerializeBenchmark.RunAsync,
    ["message-udp"] = () => RoundTripBenchmark.RunAsync(ComIm.Sip.Transport.SipTransportKind.Udp),
    ["message-tcp"] = () => RoundTripBenchmark.RunAsync(ComIm.Sip.Transport.SipTransportKind.Tcp),
    ["echo-udp"] = EchoBenchmark.RunUdpAsync,
    ["echo-tcp"] = EchoBenchmark.RunTcpAsync,
    ["sustained"] = SustainedBenchmark.RunAsync,
    ["flat"] = FlatBenchmark.RunAsync,
    ["server"] = ServerBenchmark.RunAsync,
    ["idle"] = IdleBenchmark.RunAsync,
    ["events"] = EventsBenchmark.RunAsync,
};

if (args is ["serve-open" or "serve-digest"])
{
    // The other half of "server".
    await ServerBenchmark.ServeAsync(args[0] == "serve-digest");
}

var chosen = args is [] or ["all"] ? [.. benchmarks.Keys] : args;
foreach (var name in chosen)
{
    if (!benchmarks.TryGetValue(name, out var run))
    {
        Console.Error.WriteLine($"There is no benchmark '{name}'. Choose from: {string.Join(' ', benchmarks.Keys)}.");
        return 2;
    }

    await run();
}

return 0;
