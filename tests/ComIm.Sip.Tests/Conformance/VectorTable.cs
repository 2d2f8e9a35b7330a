using System.Globalization;
using System.Text;

namespace ComIm.Sip.Tests.Conformance;

/// <summary>The tables of conformance vectors beside their files; Data/README.md explains the columns.</summary>
internal static class VectorTable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data");

    /// <summary>The rows of a table by column name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string table)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, table + ".tsv"));
        var columns = lines[0].Split('\t');
        return lines.Skip(1)
            .Select(l => (IReadOnlyDictionary<string, string>)columns.Zip(l.Split('\t')).ToDictionary(p => p.First, p => p.Second))
            .ToList();
    }

    /// <summary>Names the rows of a table for a theory.</summary>
    public static TheoryData<string> Names(string table, Func<IReadOnlyDictionary<string, string>, bool>? where = null) =>
        new(Read(table).Where(where ?? (_ => true)).Select(r => r["file"]));

    public static IReadOnlyDictionary<string, string> Row(string table, string file) => Read(table).Single(r => r["file"] == file);

    public static byte[] Bytes(string table, string file) => File.ReadAllBytes(Path.Combine(Folder, table, file));

    /// <summary>The facts of a row, escapes undone.</summary>
    public static IEnumerable<(string Key, string Value)> Facts(IReadOnlyDictionary<string, string> row)
    {
        foreach (var fact in row["facts"].Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = fact.IndexOf('=');
            yield return (Unescape(fact[..equals]), Unescape(fact[(equals + 1)..]));
        }
    }

    private static string Unescape(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && text[i + 1] == 'x')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 3;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
