using System.Text.RegularExpressions;

namespace ComIm.Com.Tests.Automation;

/// <summary>Just enough of an IDL reader to compare ComIm.idl with the C# contract.</summary>
internal static partial class IdlFile
{
    public sealed record Member(string Name, int DispId, string Kind);

    public sealed record Contract(string Kind, string Name, Guid Id, IReadOnlyList<Member> Members);

    public static IReadOnlyList<Contract> Read(string file)
    {
        var text = Comment().Replace(File.ReadAllText(file), "");
        return
        [
            .. Block().Matches(text).Select(block => new Contract(
                block.Groups["kind"].Value,
                block.Groups["name"].Value,
                Guid.Parse(Uuid().Match(block.Groups["attributes"].Value).Groups["id"].Value),
                [.. Function().Matches(block.Groups["body"].Value).Select(ToMember)])),
        ];
    }

    private static Member ToMember(Match function) => new(
        function.Groups["name"].Value,
        int.Parse(function.Groups["id"].Value, null),
        PropertyKind().Match(function.Groups["attributes"].Value) is { Success: true } kind ? kind.Value : "method");

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"uuid\((?<id>[^)]*)\)")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\[(?<attributes>[^\]]*)\]\s*(?<kind>interface|dispinterface|coclass)\s+(?<name>\w+)[^{;]*\{(?<body>[^}]*)\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"\[id\((?<id>-?\d+)\)(?<attributes>(?:""[^""]*""|[^\]""])*)\]\s*(?:HRESULT|void)\s+(?<name>\w+)\s*\(")]
    private static partial Regex Function();

    [GeneratedRegex(@"propget|propputref|propput")]
    private static partial Regex PropertyKind();
}
