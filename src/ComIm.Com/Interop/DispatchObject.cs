using System.Runtime.InteropServices;
using ComIm.Com.Registration;

namespace ComIm.Com.Interop;

/// <summary>
/// The root of every object that a script can see. It answers IDispatch itself, from the class's
/// <see cref="ComDefaultInterfaceAttribute"/> or from a table that the class names, because the runtime's IDispatch cannot follow <c>o.Items(2)</c>, set a
/// property with parameters, or hand out objects of classes that are not public.
/// </summary>
[ComVisible(false)]
public abstract class DispatchObject : IDispatchRaw, IProvideClassInfoRaw, ICustomQueryInterface
{
    private static readonly Guid DispatchId = typeof(IDispatchRaw).GUID;
    private static readonly Guid ClassInfoId = typeof(IProvideClassInfoRaw).GUID;

    private readonly DispatchTable _dispatch;

    private protected DispatchObject() => _dispatch = DispatchTable.ForClass(GetType());

    private protected DispatchObject(DispatchTable dispatch) => _dispatch = dispatch;

    internal DispatchTable Dispatch => _dispatch;

    /// <summary>The object that COM clients of this one are given: itself, unless it only stands for another.</summary>
    private protected virtual DispatchObject Stand => this;

    /// <summary>Gives the interfaces that the runtime would otherwise answer itself.</summary>
    /// <param name="iid">The interface asked for.</param>
    /// <param name="ppv">The interface, with a reference for the caller.</param>
    CustomQueryInterfaceResult ICustomQueryInterface.GetInterface(ref Guid iid, out nint ppv)
    {
        ppv = 0;
        if (!OperatingSystem.IsWindows())
        {
            return CustomQueryInterfaceResult.NotHandled;
        }

        if (Stand != this)
        {
            var stand = Marshal.GetIUnknownForObject(Stand);
            var result = Marshal.QueryInterface(stand, iid, out ppv);
            Marshal.Release(stand);
            return result < 0 ? CustomQueryInterfaceResult.Failed : CustomQueryInterfaceResult.Handled;
        }

        if (iid == DispatchId)
        {
            ppv = GetDispatchPointer();
        }
        else if (iid == ClassInfoId)
        {
            ppv = Marshal.GetComInterfaceForObject(this, typeof(IProvideClassInfoRaw), CustomQueryInterfaceMode.Ignore);
        }

        return ppv == 0 ? CustomQueryInterfaceResult.NotHandled : CustomQueryInterfaceResult.Handled;
    }

    int IDispatchRaw.GetTypeInfoCount(out int count)
    {
        count = TypeInfoSource.Find(_dispatch.Contract.GUID) == 0 ? 0 : 1;
        return HResults.Ok;
    }

    int IDispatchRaw.GetTypeInfo(int index, int lcid, out nint typeInfo)
    {
        typeInfo = index == 0 ? TypeInfoSource.Find(_dispatch.Contract.GUID) : 0;
        if (typeInfo == 0)
        {
            return HResults.BadIndex;
        }

        Marshal.AddRef(typeInfo);
        return HResults.Ok;
    }

    int IDispatchRaw.GetIDsOfNames(nint iid, nint names, int count, int lcid, nint dispIds)
    {
        Stand.OnLateBound();
        return DispatchFrame.GetIdsOfNames(_dispatch, names, count, dispIds);
    }

    unsafe int IDispatchRaw.Invoke(
        int dispId, nint iid, int lcid, short flags, nint parameters, nint result, nint exceptionInfo, nint argumentError) =>
        DispatchFrame.Invoke(
            _dispatch, Stand, dispId, (DispatchKinds)flags,
            (DispatchParameters*)parameters, (Variant*)result, (ExceptionInfo*)exceptionInfo, (uint*)argumentError);

    int IProvideClassInfoRaw.GetClassInfo(out nint typeInfo)
    {
        typeInfo = TypeInfoSource.Find(_dispatch.ClassId ?? GetType().GUID);
        if (typeInfo == 0)
        {
            return HResults.Unexpected;
        }

        Marshal.AddRef(typeInfo);
        return HResults.Ok;
    }

    /// <summary>A script, or another late-bound client, has the object now, or is about to call a member of it by name.</summary>
    internal virtual void OnLateBound()
    {
    }

    // regsvr32 reaches these for each class that the comhost knows; the runtime looks for them in base classes, too.
    [ComRegisterFunction]
    private static void OnRegistered(Type type) => ComRegistration.OnRegistered(type);

    [ComUnregisterFunction]
    private static void OnUnregistered(Type type) => ComRegistration.OnUnregistered(type);

    /// <summary>The object's IDispatch with a reference for the caller.</summary>
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    internal nint GetDispatchPointer() =>
        Marshal.GetComInterfaceForObject(this, typeof(IDispatchRaw), CustomQueryInterfaceMode.Ignore);
}
