namespace ComIm.ContractGenerator;

/// <summary>Makes every file of the contract.</summary>
public static class Generator
{
    /// <summary>Where the data is, within the repository.</summary>
    public const string DataFolder = "tests/ComIm.Com.Tests/Data";

    /// <summary>Where the files go, within the repository.</summary>
    public const string Folder = "src/ComIm.Com/UccApi";

    /// <summary>The declarations of a .NET client, within the repository.</summary>
    public const string ClientFile = "tests/ComIm.Com.TestClient/Original.g.cs";

    /// <summary>Makes the text of <see cref="ClientFile"/>.</summary>
    public static string GenerateClient(string dataFolder) =>
        ClientWriter.Write(ContractData.Read(Path.Combine(dataFolder, "uccapi.json")));

    /// <summary>Makes the texts by the files' names within <see cref="Folder"/>.</summary>
    public static IReadOnlyDictionary<string, string> Generate(string dataFolder)
    {
        var data = ContractData.Read(Path.Combine(dataFolder, "uccapi.json"));
        var interfaces = new InterfaceWriter(data);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["UccApi.idl"] = IdlWriter.Write(data),
            ["Contract/Enums.g.cs"] = EnumWriter.Write(data),
            ["Contract/UccConstants.g.cs"] = ConstantsWriter.Write(data),
            ["Contract/UccClassIds.g.cs"] = CoclassWriter.WriteIds(data),
            ["Contract/UccCoclasses.g.cs"] = CoclassWriter.WriteTable(data),
            ["Contract/UccHResults.g.cs"] = HResultWriter.Write(File.ReadAllLines(Path.Combine(dataFolder, "hresults.tsv"))),
        };
        foreach (var contract in data.Interfaces)
        {
            files.Add($"Contract/{contract.Name}.g.cs", interfaces.Write(contract));
        }

        return files;
    }
}
