using System.Globalization;

namespace ComIm.ContractGenerator;

/// <summary>Writes the table of HRESULTs.</summary>
internal static class HResultWriter
{
    private const uint SipFacility = 0x0EF;

    public static string Write(IReadOnlyList<string> lines)
    {
        var text = SourceText.CSharp();
        text.Summary("The HRESULTs of the UCC API.");
        text.Line("public static class UccHResults");
        text.Open();
        foreach (var (index, line) in lines.Skip(1).Where(l => l.Length > 0).Index())
        {
            if (index > 0)
            {
                text.Line();
            }

            var columns = line.Split('\t');
            var value = uint.Parse(columns[0].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var meaning = ((value >> 16) & 0x7FFF) == SipFacility ? $": SIP status {value & 0xFFFF}" : "";
            text.Summary($"{columns[0]}{meaning}.");
            text.Line($"public const int {columns[1]} = unchecked((int){columns[0]});");
        }

        text.Close();
        return text.ToString();
    }
}
