using ComIm.ContractGenerator;

namespace ComIm.Com.Tests.UccApi;

/// <summary>The data that the contract is compared with.</summary>
internal static class Data
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "ComIm.Com.Tests", "Data");

    public static ContractData Contract { get; } = ContractData.Read(Path.Combine(Folder, "uccapi.json"));

    public static TheoryData<string> InterfaceNames => [.. Contract.Interfaces.Select(i => i.Name)];

    public static TheoryData<string> EnumNames => [.. Contract.Enums.Select(e => e.Name)];

    public static TheoryData<string> CoclassNames => [.. Contract.Coclasses.Select(c => c.Name)];
}
