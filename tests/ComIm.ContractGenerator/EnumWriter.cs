namespace ComIm.ContractGenerator;

/// <summary>Writes the enumerations, all in one file.</summary>
internal static class EnumWriter
{
    public static string Write(ContractData data)
    {
        var text = SourceText.CSharp();
        foreach (var (index, item) in data.Enums.Index())
        {
            if (index > 0)
            {
                text.Line();
            }

            text.Summary($"The enumeration {item.Name}.");
            text.Line($"public enum {item.Name}");
            text.Open();
            foreach (var (name, value) in item.Values)
            {
                text.Summary($"{value}.");
                text.Line($"{name} = {value},");
            }

            text.Close();
        }

        return text.ToString();
    }
}
