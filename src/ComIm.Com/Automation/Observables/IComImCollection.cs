using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Observables;

/// <summary>An observable list, counted from 0. <c>x(i)</c> is an item, <c>x()</c> an array of all that are there now.</summary>
[ComVisible(true)]
[Guid(ContractIds.CollectionInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
[CallableObject]
[SuppressMessage("Naming", "CA1707", Justification = "The form of an indexed property, and COM's name.")]
[SuppressMessage("Naming", "CA1716", Justification = "The names of the Skype Web SDK.")]
public interface IComImCollection
{
    /// <summary>An item.</summary>
    /// <param name="index">Its index, from 0, or its name: a person's address, a message's id. Without it an array of all.</param>
    [DispId(0)]
    object? get_Item(object? index = null);

    /// <summary>How many there are.</summary>
    [DispId(1)]
    int Count { get; }

    /// <summary>For Each.</summary>
    [DispId(-4)]
    object _NewEnum { [return: MarshalAs(UnmanagedType.IUnknown)] get; }

    /// <summary>Calls back for each item that is there, and for each that is added.</summary>
    /// <param name="callback">Gets (item).</param>
    [DispId(2)]
    IComImListener Added(object callback);

    /// <summary>Calls back for each item that is removed.</summary>
    /// <param name="callback">Gets (item).</param>
    [DispId(3)]
    IComImListener Removed(object callback);

    /// <summary>Calls back whenever something is added or removed.</summary>
    /// <param name="callback">Gets (count).</param>
    [DispId(4)]
    IComImListener Changed(object callback);

    /// <summary>Adds an item: to participants and contacts by address.</summary>
    /// <param name="item">The item, or its name.</param>
    /// <returns>A promise of the item; rejected where nothing may be added, or it went wrong.</returns>
    [DispId(5)]
    IComImPromise Add(object item);

    /// <summary>Removes an item.</summary>
    /// <param name="item">The item, its name or its index.</param>
    /// <returns>A promise; rejected where nothing may be removed, or it went wrong.</returns>
    [DispId(6)]
    IComImPromise Remove(object item);

    /// <summary>A promise of the array of all.</summary>
    [DispId(7)]
    IComImPromise Get();

    /// <summary>Keeps the items up to date where that costs something, until the listener is disposed of.</summary>
    [DispId(8)]
    IComImListener Subscribe();

    /// <summary>Calls back for each item before it returns.</summary>
    /// <param name="callback">Gets (item, index).</param>
    [DispId(9)]
    void ForEach(object callback);
}
