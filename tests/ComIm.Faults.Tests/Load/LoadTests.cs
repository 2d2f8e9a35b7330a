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

    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    // Longer than the 32 s for which an answered request is remembered (RFC 3261 §17.2.2).
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(40);

    private readonly List<string> _figures = [];

    [SkippableFact]
    [Trait("Run", "Long")]
    public Task Load_Of2000AccountsFor10Minutes_LeavesNothingBehind()
    {
        Skip.IfNot(Requires.LongRun(out var reason), reason);

        // What is compared is the second half with the end of the first: until then all that is needed once has been made.
        return RunAsync(new Plan(2_000, 500, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5), Growth: 1.05, PrivateGrowth: 1.1, TimeProvider.System));
    }

    [Fact]
    public Task Load_Of200Accounts_LeavesNothingBehind() => RunAsync(
        new Plan(200, 50, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(4), Growth: 1.1, PrivateGrowth: 1.4, new FastTimeProvider(8)));

    private async Task RunAsync(Plan plan)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var accounts = await ManyAccounts.SignInAsync(plan.Accounts, plan.Time);
        Note($"{plan.Accounts} accounts signed in after {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s: {ProcessFigures.Take()}");
        Assert.Equal(plan.Accounts, accounts.Server.Location.Count);
        var pairs = Enumerable.Range(0, plan.Conversations).Select(i => new ChatPair(accounts.All[2 * i], accounts.All[(2 * i) + 1])).ToList();
        var early = await TalkAsync(accounts, pairs, plan);
        var delivered = pairs.Sum(p => p.Delivered);
        var late = await TalkAsync(accounts, pairs, plan);

        Assert.Empty(pairs.SelectMany(p => p.Faults));
        Assert.Equal(pairs.Sum(p => p.Delivered), pairs.Sum(p => p.Read));
        Assert.All(pairs, p => Assert.True(p.Delivered >= 4, "a conversation stands still"));
        Assert.Equal(plan.Accounts, accounts.Server.Location.Count);
        AssertFlat(early, late, plan, (pairs.Sum(p => p.Delivered) - delivered) * RememberedOfMessage);
    }

    /// <summary>
    /// Half of the run: all talk, then all rest until no transaction is left, whatever the machine made of the time. What is held then
    /// is held for good.
    /// </summary>
    private async Task<ProcessFigures> TalkAsync(ManyAccounts accounts, List<ChatPair> pairs, Plan plan)
    {
        var before = pairs.Sum(p => p.Delivered);
        var begun = Stopwatch.GetTimestamp();
        using var stop = new CancellationTokenSource(plan.Half, TimeProvider.System);
        await Task.WhenAll(pairs.Select((p, i) => p.RunAsync(plan.Pause, plan.Pause * i / pairs.Count, stop.Token)));
        await Task.WhenAll(accounts.All.Select(a => a.FlushEventsAsync())).WaitAsync(Guard);
        var (seconds, delivered) = (Stopwatch.GetElapsedTime(begun).TotalSeconds, pairs.Sum(p => p.Delivered) - before);
        Note($"{delivered} messages in {seconds:F0} s, {delivered / seconds:F0} a second; {ProcessFigures.Take()}");
        await Task.Delay(Rest, plan.Time);
        var figures = ProcessFigures.Take();
        Note($"at rest: {figures}");
        return figures;
    }

    private static void AssertFlat(ProcessFigures early, ProcessFigures late, Plan plan, long remembered)
    {
        Assert.True(late.Handles <= early.Handles + 2, $"handles: {early.Handles}, then {late.Handles}");
        Assert.True(late.Threads <= early.Threads + 2, $"threads: {early.Threads}, then {late.Threads}");
        Assert.True(late.Managed <= (early.Managed * plan.Growth) + remembered, $"managed bytes: {early.Managed}, then {late.Managed}");
        Assert.True(late.Private <= (early.Private * plan.PrivateGrowth) + remembered, $"private bytes: {early.Private}, then {late.Private}");
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

    /// <param name="PrivateGrowth">By how much the second half may add to what the runtime holds, which gives memory back when it likes.</param>
    private sealed record Plan(int Accounts, int Conversations, TimeSpan Pause, TimeSpan Half, double Growth, double PrivateGrowth, TimeProvider Time);
}
