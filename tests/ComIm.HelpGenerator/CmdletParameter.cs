using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace ComIm.HelpGenerator;

/// <summary>A parameter in one set, or in all.</summary>
internal sealed record CmdletParameter(PropertyInfo Property, CustomAttributeData Attribute)
{
    public string Name => Property.Name;

    public Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>The set; null for all.</summary>
    public string? Set => (string?)Attributes.Named(Attribute, nameof(ParameterAttribute.ParameterSetName));

    public string? Help => (string?)Attributes.Named(Attribute, nameof(ParameterAttribute.HelpMessage));

    public bool IsMandatory => Attributes.Named(Attribute, nameof(ParameterAttribute.Mandatory)) is true;

    public int? Position => (int?)Attributes.Named(Attribute, nameof(ParameterAttribute.Position));

    public bool FromPipeline => Attributes.Named(Attribute, nameof(ParameterAttribute.ValueFromPipeline)) is true;

    public bool FromPipelineByName => Attributes.Named(Attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)) is true;

    public bool IsCredential => Has<CredentialAttribute>();

    public bool TakesWildcards => Has<SupportsWildcardsAttribute>();

    /// <summary>The name and the aliases.</summary>
    public string[] Names => [Name, .. Property.GetCustomAttributesData()
        .Where(a => a.AttributeType == typeof(AliasAttribute))
        .SelectMany(a => (IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
        .Select(argument => (string)argument.Value!)];

    /// <summary>What stands there where nothing is given; null where that says nothing to people.</summary>
    public string? DefaultOn(object cmdlet) => IsMandatory ? null : Property.GetValue(cmdlet) switch
    {
        int.MaxValue or SwitchParameter or Array or "" or null => null,
        string text when Guid.TryParse(text, out _) => null,
        var value when value.GetType().IsPrimitive || value is string or Enum or System.Net.IPAddress =>
            Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private bool Has<T>() => Property.GetCustomAttributesData().Any(a => a.AttributeType == typeof(T));
}
