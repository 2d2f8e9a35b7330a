using System.Text.RegularExpressions;

namespace ComIm.Com.Tests.Automation;

/// <summary>The names in a type library, from the lines that <c>typelib.cpp</c> prints of it.</summary>
internal sealed partial class LibraryNames
{
    private readonly Dictionary<string, Dictionary<string, Member>> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _defaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _sources = new(StringComparer.OrdinalIgnoreCase);

    public LibraryNames(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (MemberLine().Match(line) is { Success: true } member)
            {
                var type = Groups(member, "owner");
                _types.TryAdd(type, new Dictionary<string, Member>(StringComparer.OrdinalIgnoreCase));
                _types[type].TryAdd(Groups(member, "name"), new Member(
                    int.Parse(Groups(member, "id"), null),
                    ResultLine().Match(Groups(member, "parameters")) is { Success: true } result ? Groups(result, "type") : null,
                    Groups(member, "parameters") is { Length: > 0 } parameters ? parameters.Split(", ").Length : 0));
            }
            else if (ImplementsLine().Match(line) is { Success: true } implements)
            {
                (Groups(implements, "source").Length > 0 ? _sources : _defaults).Add(Groups(implements, "class"), Groups(implements, "type"));
            }
        }
    }

    /// <param name="Id">The DISPID.</param>
    /// <param name="Result">The interface that it gives; null where it gives none.</param>
    /// <param name="ParameterCount">How many parameters, the result included.</param>
    public sealed record Member(int Id, string? Result, int ParameterCount);

    /// <summary>Every (interface, member, DISPID).</summary>
    public IEnumerable<(string Type, string Name, int Id)> All => _types.SelectMany(t => t.Value.Select(m => (t.Key, m.Key, m.Value.Id)));

    /// <summary>Whether there is such an interface or class.</summary>
    public bool HasType(string name) => _types.ContainsKey(name) || _defaults.ContainsKey(name);

    /// <summary>A member of an interface, or of a class's default interface; null where there is none.</summary>
    public Member? Find(string type, string member) =>
        _types.GetValueOrDefault(_defaults.GetValueOrDefault(type, type))?.GetValueOrDefault(member);

    /// <summary>An event of a class; null where there is none.</summary>
    public Member? FindEvent(string type, string member) =>
        _sources.TryGetValue(type, out var source) ? _types[source].GetValueOrDefault(member) : null;

    private static string Groups(Match match, string name) => match.Groups[name].Value;

    [GeneratedRegex(@"^member (?<owner>\w+) -?\d+ \w+ (?<name>\w+) (?<id>-?\d+) \((?<parameters>.*)\) \w+")]
    private static partial Regex MemberLine();

    [GeneratedRegex(@"out retval (?<type>IComIm\w+)\*\* ?\w*$")]
    private static partial Regex ResultLine();

    [GeneratedRegex(@"^implements (?<class>\w+) (?<type>\w+) default(?<source> source)?$")]
    private static partial Regex ImplementsLine();
}
