using System.Collections;
using ComIm.Com.Interop;

namespace ComIm.Com.UccApi.Objects;

/// <summary>Items in their order, which do not change any more, counted from 1: what <see cref="UccCollection"/> and <see cref="UccArray"/> share.</summary>
internal abstract class UccItems(IReadOnlyList<object> items, DispatchTable table) : DispatchObject(table)
{
    public int Count => items.Count;

    public object _NewEnum => new VariantEnumerator(items);

    public object this[int Index] => Index >= 1 && Index <= items.Count
        ? items[Index - 1]
        : throw new HResultException(HResults.BadIndex, $"There is no item {Index}; the first is 1, the last is {items.Count}.");

    public IEnumerator GetEnumerator() => items.GetEnumerator();
}
