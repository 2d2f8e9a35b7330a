using System.Collections.Concurrent;

namespace ComIm.Com.Interop;

/// <summary>
/// Type information from the type library inside the comhost, whether it is registered or not. Each ITypeInfo is kept
/// for the life of the process: neither the comhost nor the runtime is ever unloaded.
/// </summary>
internal static unsafe class TypeInfoSource
{
    // REGKIND_NONE
    private const int DoNotRegister = 2;

    // ITypeLib::GetTypeInfoOfGuid: after IUnknown's three, GetTypeInfoCount, GetTypeInfo and GetTypeInfoType.
    private const int GetTypeInfoOfGuidSlot = 6;

    private static readonly ConcurrentDictionary<Guid, nint> Found = new();
    private static readonly Lazy<nint> Library = new(Load);

    /// <summary>The ITypeInfo of an interface or a class, by its GUID, without a reference for the caller; 0 where there is none.</summary>
    public static nint Find(Type type) => Found.GetOrAdd(type.GUID, static iid => Read(iid));

    private static nint Read(Guid iid)
    {
        if (Library.Value == 0)
        {
            return 0;
        }

        nint typeInfo = 0;
        var slots = *(void***)Library.Value;
        var getTypeInfoOfGuid = (delegate* unmanaged[Stdcall]<nint, Guid*, nint*, int>)slots[GetTypeInfoOfGuidSlot];
        return getTypeInfoOfGuid(Library.Value, &iid, &typeInfo) >= 0 ? typeInfo : 0;
    }

    private static nint Load()
    {
        if (!OperatingSystem.IsWindows() || ComServer.FindComHost() is not { } file)
        {
            return 0;
        }

        return NativeMethods.LoadTypeLibEx(file, DoNotRegister, out var library) >= 0 ? library : 0;
    }
}
