using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.UccApi.Codes;

/// <summary>
/// HResults.md beside the code says of every HRESULT of the data where it is raised and which test shows it, or why it is not. What it
/// says is compared with the data, the sources and the tests.
/// </summary>
public sealed partial class HResultTableTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly string Sources = Path.Combine(Repository.Root, "src", "ComIm.Com");
    private static readonly string Tests = Path.Combine(Repository.Root, "tests", "ComIm.Com.Tests");

    private static readonly List<Row> Rows =
    [
        .. File.ReadLines(Path.Combine(Sources, "UccApi", "HResults.md")).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && cells[1].StartsWith("0x", StringComparison.Ordinal))
            .Select(cells => new Row(cells[2], uint.Parse(cells[1].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), cells[3], cells[4])),
    ];

    /// <summary>What is raised, and by which tests it is shown.</summary>
    public static TheoryData<string, string> Raised
    {
        get
        {
            var data = new TheoryData<string, string>();
            Rows.Where(r => r.Test.Length > 0).ToList().ForEach(r => data.Add(r.Name, r.Test));
            return data;
        }
    }

    [Fact]
    public void The_table_has_every_code_of_the_data_with_its_value_and_a_word_on_it()
    {
        Assert.Equal(HResultData.All, Rows.Select(r => (r.Name, r.Value)));
        Assert.All(Rows, r => Assert.NotEmpty(r.Words));
    }

    [Fact]
    public void Every_constant_has_the_value_of_the_data()
    {
        var declared = typeof(UccHResults).GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(f => f.Name, f => unchecked((uint)(int)f.GetRawConstantValue()!));
        Assert.Equal(HResultData.All.OrderBy(c => c.Name, StringComparer.Ordinal), declared.Select(c => (c.Key, c.Value)).OrderBy(c => c.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Numbers_that_stand_for_a_code_are_that_code()
    {
        var numbers = SourceFiles().SelectMany(file => Number().Matches(File.ReadAllText(file))).ToList();
        Assert.NotEmpty(numbers);
        Assert.All(numbers, m => Assert.Equal(
            HResultData.ValueOf(m.Groups["name"].Value), unchecked((int)uint.Parse(m.Groups["number"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void What_the_sources_name_is_raised_and_nothing_else_is_but_statuses()
    {
        var named = SourceFiles().SelectMany(file => Name().Matches(File.ReadAllText(file))).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var raised = Rows.Where(r => r.Test.Length > 0 && (r.Value & 0x00FF0000) == 0x00EE0000).Select(r => r.Name);
        Assert.Equal(named.Order(StringComparer.Ordinal), raised.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Raised))]
    public void What_is_raised_is_shown_by_a_test_that_names_it(string name, string test)
    {
        var (type, method) = (test.Split('.')[0], test.Split('.')[1]);
        var found = typeof(HResultTableTests).Assembly.GetTypes().Single(t => t.Name == type).GetMethod(method, Declared);
        Assert.True(found?.GetCustomAttribute<FactAttribute>() != null, $"{test} is no test.");

        // By name, by number, or by the data.
        var text = File.ReadAllText(Directory.GetFiles(Tests, type + ".cs", SearchOption.AllDirectories).Single());
        var number = HResultData.ValueOf(name).ToString("X8", CultureInfo.InvariantCulture);
        Assert.True(
            text.Contains("UccHResults." + name, StringComparison.Ordinal) || text.Contains('"' + number + '"', StringComparison.Ordinal)
                || (type == nameof(StatusTests) && StatusTests.Statuses.Any(s => (string)s[0] == name)),
            $"{test} does not ask for {name}.");
    }

    private static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !file.Contains(Path.DirectorySeparatorChar + "Contract" + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    [GeneratedRegex(@"0x(?<number>[0-9A-F]{8})\)?, // (?<name>UCC_[ES]_[A-Z0-9_]+)")]
    private static partial Regex Number();

    [GeneratedRegex(@"UccHResults\.(?<name>UCC_[ES]_[A-Z0-9_]+)")]
    private static partial Regex Name();

    private sealed record Row(string Name, uint Value, string Words, string Test);
}
