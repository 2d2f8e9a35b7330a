using ComIm.Interop.Tests.Baresip;
using ComIm.Interop.Tests.Linphone;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Table;

/// <summary>
/// The table of peers and capabilities: this run's is written to artifacts/interop.md, and is the checked-in tests/INTEROP.md, or the
/// difference is a failure. Once it is understood, <c>cp artifacts/interop.md tests/INTEROP.md</c> accepts it. A run of some tests alone compares
/// what it has seen; tests/run.sh, which runs them all where every peer is, compares everything.
/// </summary>
[Collection(Collection)]
public sealed class InteropTableTests
{
    public const string Collection = "What was seen, at last";

    [Fact]
    public void Table_OfThisRun_IsTheOneThatIsCheckedIn()
    {
        var repository = Repository();
        var checkedIn = Path.Combine(repository, "tests", "INTEROP.md");
        var expected = File.Exists(checkedIn) ? File.ReadAllText(checkedIn).ReplaceLineEndings("\n") : string.Empty;
        var cells = InteropTable.Read(expected);
        var seen = InteropTable.Write(IsWhole() ? null : cells.GetValueOrDefault);
        Directory.CreateDirectory(Path.Combine(repository, "artifacts"));
        File.WriteAllText(Path.Combine(repository, "artifacts", "interop.md"), seen);

        var differences = seen.Split('\n').Except(expected.Split('\n')).Select(l => "+ " + l)
            .Concat(expected.Split('\n').Except(seen.Split('\n')).Select(l => "- " + l));
        Assert.True(seen == expected, $"""
            This run saw (+) something else than tests/INTEROP.md says (-). If that is right: cp artifacts/interop.md tests/INTEROP.md
            {string.Join('\n', differences)}
            """);
    }

    [Fact]
    public void Table_WrittenAndRead_IsTheSame()
    {
        var written = InteropTable.Write(cell => "seen: " + cell);
        Assert.Equal(written, InteropTable.Write(InteropTable.Read(written).GetValueOrDefault));
    }

    private static bool IsWhole() =>
        Environment.GetEnvironmentVariable("COMIM_INTEROP") == "whole"
        && Requires.Kamailio(out _) && Requires.Sipp(out _) && NameServer.IsInstalled(out _)
        && LinphonePeer.IsInstalled(out _) && BaresipPeer.IsInstalled(out _) && SipePeer.IsInstalled(out _);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ComIm.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return folder.FullName;
    }
}
