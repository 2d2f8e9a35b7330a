using System.Text.RegularExpressions;

namespace ComIm.Com.Tests.Automation;

/// <summary>Just enough of a VBA reader to hold the names in a module against a type library.</summary>
internal static partial class VbaText
{
    /// <summary>What a module names that the library does not have.</summary>
    public static IEnumerable<string> FindProblems(string module, LibraryNames library)
    {
        var code = Noise().Replace(module, " ");
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match declaration in Declaration().Matches(code))
        {
            variables[declaration.Groups["variable"].Value] = declaration.Groups["type"].Value;
            if (!library.HasType(declaration.Groups["type"].Value))
            {
                yield return $"type {declaration.Groups["type"].Value}";
            }
        }

        foreach (Match chain in Chain().Matches(code).Where(c => variables.ContainsKey(c.Groups["variable"].Value)))
        {
            string? type = variables[chain.Groups["variable"].Value];
            foreach (Capture link in chain.Groups["member"].Captures)
            {
                var member = type is null ? null : library.Find(type, link.Value);
                if (member is null)
                {
                    yield return $"{chain.Value}: {type ?? "a VARIANT"} has no {link.Value}";
                    break;
                }

                type = member.Result;
            }
        }

        foreach (Match handler in Handler().Matches(code).Where(h => variables.ContainsKey(h.Groups["variable"].Value)))
        {
            var parameters = handler.Groups["parameters"].Value;
            var count = parameters.Length == 0 ? 0 : parameters.Split(',').Length;
            if (library.FindEvent(variables[handler.Groups["variable"].Value], handler.Groups["event"].Value)?.ParameterCount != count)
            {
                yield return $"event {handler.Groups["event"].Value} with {count} parameters";
            }
        }
    }

    [GeneratedRegex(@"""[^""\n]*""|'[^\n]*")]
    private static partial Regex Noise();

    [GeneratedRegex(@"(?<variable>\w+) As (?:New )?ComIm\.(?<type>\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(?<variable>[A-Za-z_]\w*)(?:\.(?<member>[A-Za-z_]\w*)(?:\([^()]*\))?)+")]
    private static partial Regex Chain();

    [GeneratedRegex(@"Sub (?<variable>[A-Za-z]\w*?)_(?<event>\w+)\((?<parameters>[^)]*)\)")]
    private static partial Regex Handler();
}
