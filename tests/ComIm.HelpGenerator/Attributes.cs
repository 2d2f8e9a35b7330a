using System.Reflection;

namespace ComIm.HelpGenerator;

/// <summary>Reads attributes as metadata.</summary>
internal static class Attributes
{
    /// <summary>The value of a named argument; null where it is not given.</summary>
    public static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;
}
