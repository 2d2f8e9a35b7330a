using System.Collections.Concurrent;

namespace ComIm.Com.Interop;

/// <summary>
/// Type information from the type libraries inside the comhost, whether they are registered or not. Each ITypeInfo is kept
/// for the life of the process: neither the comhost nor the runtime is ever unloaded.
/// </summary>
internal static unsafe class TypeInfoSource
{
    // REGKIND_NONE
    private const int DoNotRegister = 2;

    // ITypeLib::GetTypeInfoOfGuid: after IUnknown's three, GetTypeInfoCount, GetTypeInfo and GetTypeInfoType.
    private const int GetTypeInfoOfGuidSlot = 6;

    private static readonly ConcurrentDictionary<Guid, nint> Found = new();

    // Of the faces, in the order of their resources; the second is asked only for what the first does not have.
    private static readonly Lazy<nint>[] Libraries = [new(() => Load("")), new(() => Load(@"\2"))];

    /// <summary>The ITypeInfo of an interface or a class, by its GUID, without a reference for the caller; 0 where there is none.</summary>
    public static nint Find(Guid id) => Found.GetOrAdd(id, static id =>
    {
        foreach (var library in Libraries)
        {
            if (library.Value != 0 && Read(library.Value, id) is not 0 and var typeInfo)
            {
                return typeInfo;
            }
        }

        return 0;
    });

    private static nint Read(nint library, Guid id)
    {
        nint typeInfo = 0;
        var slots = *(void***)library;
        var getTypeInfoOfGuid = (delegate* unmanaged[Stdcall]<nint, Guid*, nint*, int>)slots[GetTypeInfoOfGuidSlot];
        return getTypeInfoOfGuid(library, &id, &typeInfo) >= 0 ? typeInfo : 0;
    }

    private static nint Load(string resource)
    {
        if (!OperatingSystem.IsWindows() || ComServer.FindComHost() is not { } file)
        {
            return 0;
        }

        return NativeMethods.LoadTypeLibEx(file + resource, DoNotRegister, out var library) >= 0 ? library : 0;
    }
}
