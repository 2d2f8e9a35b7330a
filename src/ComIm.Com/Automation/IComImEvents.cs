using System.Runtime.InteropServices;

namespace ComIm.Com.Automation;

/// <summary>
/// The events of <c>ComIm.Application</c>: <c>_IComImEvents</c> of the type library. A C# sink implements this
/// interface; a COM sink is any IDispatch.
/// </summary>
[ComVisible(true)]
[Guid(ContractIds.Events)]
[InterfaceType(ComInterfaceType.InterfaceIsIDispatch)]
public interface IComImEvents
{
    /// <summary>A message has come in.</summary>
    /// <param name="message">An <see cref="IComImMessage"/>.</param>
    [DispId(1)]
    void OnMessageReceived([MarshalAs(UnmanagedType.IDispatch)] object message);

    /// <summary>The state has changed.</summary>
    /// <param name="state">The new value of <see cref="IComImApplication.State"/>.</param>
    [DispId(2)]
    void OnStateChanged(string state);
}
