using System.Diagnostics;
using System.Globalization;
using ComIm.TestKit;
using Xunit.Abstractions;

namespace ComIm.Faults.Tests.Load;

/// <summary>
/// Many accounts and conversations in one process, with their server: memory stays flat, nothing leaks, every message is accounted
/// for. 2,000 and 500 for ten minutes with <c>--long</c>, a tenth of it for some seconds else.
/// </summary>
public sealed class LoadTests(ITestOutputHelper output)
{
    // By which an account knows a message that comes twice; it keeps so much of 10,000.
    private const int RememberedOfMessage = 128;

    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly List<string> _figures = [];

    [SkippableFact]
    [Trait("Run", "Long")]
    public Task Load_Of2000AccountsFor10Minutes_LeavesNothingBehind()
    {
        Skip.IfNot(Requires.LongRun(out var reason), reason);

        // What is compared is the second half with the end of the first: until then all that is needed once has been made.
        return RunAsync(new Plan(2_000, 500, TimeSpan.FromSeconds(2), MinutesOf(1, 5, 10), Growth: 1.05, TimeProvider.System));
    }

    [Fact]
    public Task Load_Of200Accounts_LeavesNothingBehind() => RunAsync(
        new Plan(200, 50, TimeSpan.FromMilliseconds(400), [TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(14)], Growth: 1.15, new FastTimeProvider(8)));

    private static TimeSpan[] MinutesOf(params int[] minutes) => [.. minutes.Select(m => TimeSpan.FromMinutes(m))];

    private async Task RunAsync(Plan plan)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var accounts = await ManyAccounts.SignInAsync(plan.Accounts, plan.Time);
        Note($"{plan.Accounts} accounts signed in after {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s: {ProcessFigures.Take()}");
        Assert.Equal(plan.Accounts, accounts.Server.Location.Count);
        var pairs = Enumerable.Range(0, plan.Conversations).Select(i => new ChatPair(accounts.All[2 * i], accounts.All[(2 * i) + 1])).ToList();
        using var stop = new CancellationTokenSource();
        begun = Stopwatch.GetTimestamp();
        var running = pairs.Select((p, i) => p.RunAsync(plan.Pause, plan.Pause * i / pairs.Count, stop.Token)).ToList();
        var samples = new List<(ProcessFigures Figures, int Delivered)>();
        foreach (var at in plan.Samples)
        {
            var left = at - Stopwatch.GetElapsedTime(begun);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System);
            samples.Add((ProcessFigures.Take(), pairs.Sum(p => p.Delivered)));
            Note($"after {at}: {samples[^1].Delivered} messages, {samples[^1].Figures}");
        }

        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(running).WaitAsync(Guard);
        await Task.WhenAll(accounts.All.Select(a => a.FlushEventsAsync())).WaitAsync(Guard);
        var delivered = pairs.Sum(p => p.Delivered);
        Note($"{delivered} messages in {seconds:F0} s, {delivered / seconds:F0} a second; {pairs.Sum(p => p.Read)} read");

        Assert.Empty(pairs.SelectMany(p => p.Faults));
        Assert.Equal(delivered, pairs.Sum(p => p.Read));
        Assert.All(pairs, p => Assert.True(p.Delivered >= 4, "a conversation stands still"));
        Assert.Equal(plan.Accounts, accounts.Server.Location.Count);
        AssertFlat(samples[^2].Figures, samples[^1].Figures, plan.Growth, (samples[^1].Delivered - samples[^2].Delivered) * RememberedOfMessage);
    }

    private static void AssertFlat(ProcessFigures early, ProcessFigures late, double growth, long remembered)
    {
        Assert.True(late.Handles <= early.Handles + 2, $"handles: {early.Handles}, then {late.Handles}");
        Assert.True(late.Threads <= early.Threads + 2, $"threads: {early.Threads}, then {late.Threads}");
        Assert.True(late.Managed <= (early.Managed * growth) + remembered, $"managed bytes: {early.Managed}, then {late.Managed}");
        Assert.True(late.Private <= (early.Private * growth) + remembered, $"private bytes: {early.Private}, then {late.Private}");
    }

    private void Note(FormattableString line)
    {
        var text = line.ToString(CultureInfo.InvariantCulture);
        _figures.Add(text);
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("COMIM_LOGS") is { Length: > 0 } folder && Directory.Exists(folder))
        {
            File.WriteAllLines(Path.Combine(folder, "load.txt"), _figures);
        }
    }

    private sealed record Plan(int Accounts, int Conversations, TimeSpan Pause, TimeSpan[] Samples, double Growth, TimeProvider Time);
}
