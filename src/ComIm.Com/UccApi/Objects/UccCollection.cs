using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A collection that does not change any more, counted from 1.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccCollection(IReadOnlyList<object> items) : UccItems(items, Table), IUccCollection
{
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccCollection)]);
}
