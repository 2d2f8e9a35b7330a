using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>Properties that only the platform fills.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccReadOnlyPropertyCollection(PropertyList properties) : ReadOnlyPropertyObject(Table, properties)
{
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccReadOnlyPropertyCollection)]);
}
