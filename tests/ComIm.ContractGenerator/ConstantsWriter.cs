using System.Text.Json;

namespace ComIm.ContractGenerator;

/// <summary>Writes the constants that belong to no enumeration.</summary>
internal static class ConstantsWriter
{
    public static string Write(ContractData data)
    {
        var text = SourceText.CSharp();
        text.Summary("The constants of the type library.");
        text.Line("public static class UccConstants");
        text.Open();
        foreach (var (index, (name, value)) in data.Constants.Index())
        {
            if (index > 0)
            {
                text.Line();
            }

            text.Summary($"{value}.");
            text.Line(value.ValueKind == JsonValueKind.String
                ? $"public const string {name} = \"{value}\";"
                : $"public const int {name} = {value};");
        }

        text.Close();
        return text.ToString();
    }
}
