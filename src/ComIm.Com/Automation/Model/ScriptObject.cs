using System.Runtime.InteropServices;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>Reads the members of an object that a script has made, as JScript's <c>{ username: "..." }</c>.</summary>
internal static class ScriptObject
{
    /// <summary>The value of a member; null where there is no such object or member.</summary>
    public static object? Read(object? target, string name)
    {
        if (target is DispatchObject ours)
        {
            return ours.Dispatch.Find(name) is { } member
                ? member.Invoke(ours, DispatchKinds.PropertyGet, DispatchArguments.Empty).Value
                : null;
        }

        return OperatingSystem.IsWindows() && target != null && Marshal.IsComObject(target) ? ReadNative(target, name) : null;
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static object? ReadNative(object target, string name)
    {
        var unknown = Marshal.GetIUnknownForObject(target);
        nint dispatch = 0;
        try
        {
            return Marshal.QueryInterface(unknown, typeof(IDispatchRaw).GUID, out dispatch) >= 0
                && NativeDispatch.FindId(dispatch, name) is { } id
                ? NativeDispatch.Call(dispatch, id, DispatchKinds.PropertyGet, []).Value
                : null;
        }
        finally
        {
            Marshal.Release(unknown);
            if (dispatch != 0)
            {
                Marshal.Release(dispatch);
            }
        }
    }
}
