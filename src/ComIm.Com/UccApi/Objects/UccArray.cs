using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>Plain values in their order, counted from 1. The type library has no class for it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccArray(IReadOnlyList<object> items) : UccItems(items, Table), IUccArray
{
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccArray)]);
}
