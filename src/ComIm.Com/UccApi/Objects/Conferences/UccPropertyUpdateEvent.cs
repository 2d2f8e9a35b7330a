using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>A property of a conference or of somebody in it has changed.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPropertyUpdateEvent(int propertyId, object? oldValue, object? newValue)
    : DispatchObject(UccCoclasses.UccPropertyUpdateEvent.Dispatch), IUccPropertyUpdateEvent
{
    public int PropertyId => propertyId;

    public object? OldPropertyValue => oldValue;

    public object? NewPropertyValue => newValue;
}
