using System.Text.RegularExpressions;

namespace ComIm.Com.Tests.Automation;

/// <summary>Just enough of an IDL reader to compare ComIm.idl with the C# contract.</summary>
internal static partial class IdlFile
{
    /// <param name="Name">The name.</param>
    /// <param name="DispId">The DISPID.</param>
    /// <param name="Kind">method, propget, propput or propputref.</param>
    /// <param name="Parameters">Types and names as the IDL has them, the result last; names in lower case.</param>
    public sealed record Member(string Name, int DispId, string Kind, string Parameters);

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
        PropertyKind().Match(function.Groups["attributes"].Value) is { Success: true } kind ? kind.Value : "method",
        string.Join(", ", Parameter().Matches(function.Groups["parameters"].Value).Select(ToParameter)));

    // What is given back has no name in C#, and a new value has another.
    private static string ToParameter(Match parameter)
    {
        var isResult = parameter.Groups["attributes"].Value.Contains("retval", StringComparison.Ordinal);
        var name = isResult ? "" : parameter.Groups["name"].Value.ToLowerInvariant();
        return $"{parameter.Groups["type"].Value.Trim()} {name}".Replace(" *", "*", StringComparison.Ordinal).TrimEnd();
    }

    [GeneratedRegex(@"(?m)^\s*//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"uuid\((?<id>[^)]*)\)")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\[(?<attributes>[^\]]*)\]\s*(?<kind>interface|dispinterface|coclass)\s+(?<name>\w+)[^{;]*\{(?<body>[^}]*)\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"\[id\((?<id>-?\d+)\)(?<attributes>(?:""[^""]*""|[^\]""])*)\]\s*(?:HRESULT|void)\s+(?<name>\w+)\s*\((?<parameters>(?:[^;""]|""[^""]*"")*)\);")]
    private static partial Regex Function();

    [GeneratedRegex(@"\[(?<attributes>[^\]]*)\]\s*(?<type>\w+(?:\s\**)?)\s*(?<name>\w+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?<=, )(propget|propputref|propput)(?=,)")]
    private static partial Regex PropertyKind();
}
