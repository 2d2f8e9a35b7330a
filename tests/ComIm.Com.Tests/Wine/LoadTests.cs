using System.Globalization;
using System.Text.RegularExpressions;
using ComIm.TestKit;
using Xunit.Abstractions;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// 100 conversations at once through the COM face: every message is accounted for, and nothing is left behind. For ten minutes with
/// <c>--long</c>, for some seconds else.
/// </summary>
[Collection(WineCollection.Name)]
public sealed partial class LoadTests(WinePrefix wine, ITestOutputHelper output)
{
    private const int Conversations = 100;
    private const int LongSeconds = 600;
    private const int ShortSeconds = 16;

    // The collector of the runtime cannot be told to collect from here: what it has not yet collected varies.
    private const double MostGrowth = 1.25;

    [SkippableFact]
    public async Task A_hundred_conversations_at_once_lose_nothing_and_leave_nothing_behind()
    {
        WinePrefix.Demand();
        var isLong = Requires.LongRun(out _);
        var seconds = isLong ? LongSeconds : ShortSeconds;
        await wine.RegisterAsync("--uccapi");
        try
        {
            await using var users = await EchoUsers.SignInAsync(Conversations);
            var program = await UccClient.CompileAsync(wine, "load.cpp");
            var said = await wine.RunMarkedAsync(
                "load",
                [WinePrefix.ToWindows(program), users.Address, TestServer.Domain, "secret-alice", Number(Conversations), Number(seconds)],
                TimeSpan.FromSeconds(seconds + 180));
            output.WriteLine(said);

            ProgramOutput.AssertNothingWrong(said, "wrong:");
            var all = AllLine().Match(said);
            Assert.True(all.Success, said);
            var (sent, taken, cameBack) = (Of(all, 1), Of(all, 2), Of(all, 3));
            Assert.True(sent >= Conversations * 4, said);
            Assert.Equal((sent, sent), (taken, cameBack));

            // From the end of the first half on.
            var figures = FigureLine().Matches(said);
            Assert.Equal(4, figures.Count);
            var (early, late) = (figures[1], figures[3]);
            Assert.True(Of(late, 1) <= Of(early, 1) * MostGrowth, said);
            Assert.True(Of(late, 2) <= Of(early, 2) + (isLong ? 2 : 20), said);
        }
        finally
        {
            await wine.RegisterAsync();
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static long Of(Match match, int group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^all: (\d+) sent, (\d+) taken, (\d+) came back, 0 wrong", RegexOptions.Multiline)]
    private static partial Regex AllLine();

    [GeneratedRegex(@"^after \d+ s: \d+ messages, (\d+) KB, (\d+) handles, \d+ threads", RegexOptions.Multiline)]
    private static partial Regex FigureLine();
}
