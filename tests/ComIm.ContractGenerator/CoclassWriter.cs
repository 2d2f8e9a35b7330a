namespace ComIm.ContractGenerator;

/// <summary>Writes the CLSIDs, and the table of what each class is.</summary>
internal static class CoclassWriter
{
    public static string WriteIds(ContractData data)
    {
        var text = SourceText.CSharp();
        text.Summary("The GUIDs of the type library and of its classes.");
        text.Line("public static class UccClassIds");
        text.Open();
        text.Summary($"The LIBID of {data.Library.Name}.");
        text.Line($"public const string Library = \"{data.Library.LibId}\";");
        foreach (var item in data.Coclasses)
        {
            text.Line();
            text.Summary($"The CLSID of {item.Name}{(item.Creatable ? ", which CoCreateInstance makes" : "")}.");
            text.Line($"public const string {item.Name} = \"{item.Clsid}\";");
        }

        text.Close();
        return text.ToString();
    }

    public static string WriteTable(ContractData data)
    {
        var text = SourceText.CSharp("ComIm.Com.Interop");
        text.Summary("Every class of the type library: its interfaces and its events.");
        text.Line("internal static class UccCoclasses");
        text.Open();
        foreach (var item in data.Coclasses)
        {
            text.Summary($"{item.Name}.");
            text.Line($"public static readonly UccCoclass {item.Name} = new(");
            text.Line($"    \"{item.Name}\",");
            text.Line($"    new Guid(UccClassIds.{item.Name}),");
            text.Line($"    {(item.Creatable ? "true" : "false")},");
            text.Line($"    {TypeOf(item.Default.Single())},");
            text.Line($"    {List(item.Interfaces)},");
            text.Line($"    {List(item.Sources)},");
            text.Line($"    {(item.DefaultSource.Count == 0 ? "null" : TypeOf(item.DefaultSource.Single()))});");
            text.Line();
        }

        text.Summary("All of them.");
        text.Line("public static IReadOnlyList<UccCoclass> All { get; } =");
        text.Open("[");
        foreach (var item in data.Coclasses)
        {
            text.Line(item.Name + ",");
        }

        text.Close("];");
        text.Close();
        return text.ToString();
    }

    private static string List(IReadOnlyList<string> names) => $"[{string.Join(", ", names.Select(TypeOf))}]";

    private static string TypeOf(string name) => $"typeof({(name == "IDispatch" ? "IDispatchRaw" : name)})";
}
