using System.Globalization;

namespace ComIm.Com.Tests.UccApi.Codes;

/// <summary>The HRESULTs of the data.</summary>
internal static class HResultData
{
    /// <summary>Their names and values, in the order of the data.</summary>
    public static IReadOnlyList<(string Name, uint Value)> All { get; } =
    [
        .. File.ReadLines(Path.Combine(Data.Folder, "hresults.tsv")).Skip(1).Select(line => line.Split('\t')).Where(parts => parts.Length == 2)
            .Select(parts => (parts[1], uint.Parse(parts[0].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))),
    ];

    public static int ValueOf(string name) => unchecked((int)All.First(c => c.Name == name).Value);
}
