using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>A method that can be asked whether it makes sense now. Only for late binding.</summary>
internal interface ICommand
{
    /// <summary>Calls the method.</summary>
    /// <param name="first">Its first argument.</param>
    /// <param name="second">Its second.</param>
    [DispId(0)]
    IComImPromise Run([Optional] object? first, [Optional] object? second);

    /// <summary>Whether it makes sense now.</summary>
    [DispId(1)]
    IComImProperty Enabled { get; }
}
