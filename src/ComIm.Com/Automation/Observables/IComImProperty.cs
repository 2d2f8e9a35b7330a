using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Observables;

/// <summary>
/// An observable value. It is the object's default member: <c>x()</c> in JScript, <c>x</c> in VBScript and VBA; setting it is
/// <c>x = v</c>, <c>x(v)</c> or <c>x.set(v)</c>. Callbacks get (newValue, reason, oldValue).
/// </summary>
[ComVisible(true)]
[Guid(ContractIds.PropertyInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
[CallableObject]
[SuppressMessage("Naming", "CA1716", Justification = "The names of the Skype Web SDK.")]
public interface IComImProperty
{
    /// <summary>The value; Empty while it is not known. Setting it waits until it is set.</summary>
    [DispId(0)]
    object? Value { get; set; }

    /// <summary>Calls back now, where the value is known, and at each change of it.</summary>
    /// <param name="callback">Gets (newValue, reason, oldValue).</param>
    [DispId(1)]
    IComImListener Changed(object callback);

    /// <summary>Calls back whenever the value becomes this one; now, where it is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="callback">Gets (newValue, reason, oldValue).</param>
    [DispId(2)]
    IComImListener When(object? value, object callback);

    /// <summary>Calls back once, when the value is or becomes this one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="callback">Gets (newValue, reason, oldValue).</param>
    [DispId(3)]
    IComImListener Once(object? value, object callback);

    /// <summary>A promise of the value.</summary>
    [DispId(4)]
    IComImPromise Get();

    /// <summary>Sets the value.</summary>
    /// <param name="value">The new value.</param>
    /// <returns>A promise, kept when it is set; rejected where it may not be.</returns>
    [DispId(5)]
    IComImPromise Set(object? value);

    /// <summary>Keeps the value up to date where that costs something, as presence does, until the listener is disposed of.</summary>
    [DispId(6)]
    IComImListener Subscribe();

    /// <summary>Why the value is what it is; empty where nothing is known of that.</summary>
    [DispId(7)]
    string Reason { get; }
}
