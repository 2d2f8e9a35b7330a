using System.Management.Automation;
using System.Reflection;

namespace ComIm.PowerShell.Tests;

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
    }

    public Type Type { get; }

    public string Verb => (string)_cmdlet.ConstructorArguments[0].Value!;

    public string Noun => (string)_cmdlet.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess => Named(_cmdlet, nameof(CmdletAttribute.SupportsShouldProcess)) is true;

    public IEnumerable<Type> Emitted => Type.GetCustomAttributesData()
        .Where(a => a.AttributeType == typeof(OutputTypeAttribute))
        .SelectMany(a => (IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
        .Select(argument => (Type)argument.Value!);

    public IReadOnlyList<ParameterInfo> Parameters => [.. Type.GetProperties()
        .SelectMany(property => property.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(ParameterAttribute))
            .Select(a => new ParameterInfo(property, a)))];

    public static bool IsCmdlet(Type type) => type.GetCustomAttributesData().Any(a => a.AttributeType == typeof(CmdletAttribute));

    private static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    internal sealed record ParameterInfo(PropertyInfo Property, CustomAttributeData Attribute)
    {
        public string Name => Property.Name;

        public string? Help => (string?)Named(Attribute, nameof(ParameterAttribute.HelpMessage));

        public bool FromPipeline => Named(Attribute, nameof(ParameterAttribute.ValueFromPipeline)) is true;

        public bool FromPipelineByName => Named(Attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)) is true;

        public bool IsCredential => Property.GetCustomAttributesData().Any(a => a.AttributeType == typeof(CredentialAttribute));

        /// <summary>The name and the aliases.</summary>
        public string[] Names => [Name, .. Property.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(AliasAttribute))
            .SelectMany(a => (IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(argument => (string)argument.Value!)];
    }
}
