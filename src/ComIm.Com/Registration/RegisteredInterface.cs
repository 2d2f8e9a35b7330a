using System.Reflection;
using System.Runtime.InteropServices;

namespace ComIm.Com.Registration;

/// <summary>An interface that crosses apartments and processes.</summary>
/// <param name="Id">Its IID as the registry has it.</param>
/// <param name="Name">Its name in the type library.</param>
/// <param name="Marshaler">The class that marshals it.</param>
internal sealed record RegisteredInterface(string Id, string Name, string Marshaler)
{
    // oleaut32's marshallers: by type library, and by IDispatch for event interfaces.
    public const string TypeLibraryMarshaler = "{00020424-0000-0000-C000-000000000046}";
    public const string DispatchMarshaler = "{00020420-0000-0000-C000-000000000046}";

    /// <summary>Reads it off a contract.</summary>
    public static RegisteredInterface Of(Type type)
    {
        var isEvents = type.GetCustomAttribute<InterfaceTypeAttribute>()?.Value == ComInterfaceType.InterfaceIsIDispatch;

        // In a type library the name of events begins with an underscore.
        var name = isEvents && type.Name[0] != '_' ? "_" + type.Name : type.Name;
        return new RegisteredInterface(
            RegistrationKeys.Braced(type.GUID), name, isEvents ? DispatchMarshaler : TypeLibraryMarshaler);
    }
}
