using System.Runtime.InteropServices;

namespace ComIm.Com.Automation.Observables;

/// <summary>A property that is called: <c>x()</c> gives the value, <c>x(v)</c> sets it. Only for late binding.</summary>
internal interface IPropertyCall
{
    /// <summary>The value where none is given, else the promise of <see cref="IComImProperty.Set"/>.</summary>
    /// <param name="value">The new value.</param>
    [DispId(0)]
    object? Value([Optional] object? value);
}
