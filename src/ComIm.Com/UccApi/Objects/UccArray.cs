using System.Collections;
using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>Plain values in their order, counted from 1. The type library has no class for it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccArray(IReadOnlyList<object> items) : DispatchObject(Table), IUccArray
{
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccArray)]);

    public int Count => items.Count;

    public object _NewEnum => new VariantEnumerator(items);

    public object this[int Index] => Index >= 1 && Index <= items.Count
        ? items[Index - 1]
        : throw new HResultException(HResults.BadIndex, $"There is no item {Index}; the first is 1, the last is {items.Count}.");

    public IEnumerator GetEnumerator() => items.GetEnumerator();
}
