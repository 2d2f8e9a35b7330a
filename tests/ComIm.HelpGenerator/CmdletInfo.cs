using System.Management.Automation;
using System.Reflection;

namespace ComIm.HelpGenerator;

/// <summary>
/// What the metadata of a cmdlet's class says. Read as metadata, because the reference assembly's attributes forget what
/// they are made with.
/// </summary>
internal sealed class CmdletInfo
{
    private readonly CustomAttributeData _cmdlet;

    public CmdletInfo(Type type)
    {
        Type = type;
        _cmdlet = type.GetCustomAttributesData().Single(a => a.AttributeType == typeof(CmdletAttribute));
        Parameters =
        [
            .. type.GetProperties().SelectMany(property => property.GetCustomAttributesData()
                .Where(a => a.AttributeType == typeof(ParameterAttribute))
                .Select(a => new CmdletParameter(property, a))),
        ];
    }

    public Type Type { get; }

    public string Verb => (string)_cmdlet.ConstructorArguments[0].Value!;

    public string Noun => (string)_cmdlet.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess => Attributes.Named(_cmdlet, nameof(CmdletAttribute.SupportsShouldProcess)) is true;

    public string? DefaultSet => (string?)Attributes.Named(_cmdlet, nameof(CmdletAttribute.DefaultParameterSetName));

    public IEnumerable<Type> Emitted => Type.GetCustomAttributesData()
        .Where(a => a.AttributeType == typeof(OutputTypeAttribute))
        .SelectMany(a => (IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
        .Select(argument => (Type)argument.Value!);

    /// <summary>Each parameter once for each set that names it.</summary>
    public IReadOnlyList<CmdletParameter> Parameters { get; }

    /// <summary>The names of the parameter sets, the default first; one without a name where there is but one.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            var named = Parameters.Select(p => p.Set).Append(DefaultSet).OfType<string>().Distinct().ToList();
            return named.Count == 0 ? [""] : [.. named.OrderBy(set => set == DefaultSet ? 0 : 1)];
        }
    }

    public static bool IsCmdlet(Type type) => type.GetCustomAttributesData().Any(a => a.AttributeType == typeof(CmdletAttribute));

    /// <summary>The parameters of a set, as syntax lists them: by position, then those that must be given.</summary>
    public IReadOnlyList<CmdletParameter> ParametersOf(string set) =>
    [
        .. Parameters.Where(p => p.Set is null || p.Set == set)
            .OrderBy(p => p.Position ?? int.MaxValue)
            .ThenBy(p => p.IsMandatory ? 0 : 1),
    ];
}
