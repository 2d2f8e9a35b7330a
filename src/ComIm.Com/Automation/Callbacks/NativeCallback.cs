using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Callbacks;

/// <summary>A callback of another program or of a script engine, held as a bare IDispatch pointer and called by DISPID_VALUE.</summary>
internal sealed class NativeCallback : Callback
{
    // VBScript: "Wrong number of arguments or invalid property assignment".
    private const int WrongArgumentCount = unchecked((int)0x800A01C2);

    private readonly nint _dispatch;
    private int? _wantedArguments;
    private bool _released;

    private NativeCallback(nint dispatch) => _dispatch = dispatch;

    ~NativeCallback() => Release();

    /// <summary>Takes a COM object in the apartment of the caller; null where it has no IDispatch.</summary>
    [SupportedOSPlatform("windows")]
    public static NativeCallback? TryCreate(object value)
    {
        var unknown = Marshal.GetIUnknownForObject(value);
        try
        {
            return Marshal.QueryInterface(unknown, typeof(IDispatchRaw).GUID, out var dispatch) < 0 ? null : new NativeCallback(dispatch);
        }
        finally
        {
            Marshal.Release(unknown);
            if (Marshal.IsComObject(value))
            {
                // Our own reference is enough; the wrapper's would last until some garbage collection.
                Marshal.ReleaseComObject(value);
            }
        }
    }

    protected override CallResult Call(object?[] arguments)
    {
        if (_released)
        {
            return new CallResult(HResults.Abort, null, null);
        }

        // The callback may end its own subscription, and so release, inside the call.
        Marshal.AddRef(_dispatch);
        try
        {
            return InvokeFitting(arguments);
        }
        finally
        {
            Marshal.Release(_dispatch);
        }
    }

    public override void Release()
    {
        if (Interlocked.Exchange(ref _released, true))
        {
            return;
        }

        if (IsOnItsThread)
        {
            Marshal.Release(_dispatch);
        }
        else
        {
            // Where the thread has ended, nobody may touch its objects any more.
            Post(() => Marshal.Release(_dispatch));
        }
    }

    // JScript's functions take any number of arguments, VBScript's only as many as they declare. One that declares fewer than
    // there are is called with so many; it has not begun when it complains, so nothing is done twice.
    private CallResult InvokeFitting(object?[] arguments)
    {
        for (var count = Math.Min(arguments.Length, _wantedArguments ?? int.MaxValue); ; count--)
        {
            var result = NativeDispatch.Call(_dispatch, DispatchMember.DefaultId, DispatchKinds.Method, arguments[..count]);
            if (result.HResult >= 0)
            {
                _wantedArguments ??= count;
                return result;
            }

            if (!IsComplaint(result) || count == 0 || _wantedArguments != null || IsJScriptFunction)
            {
                return result;
            }
        }
    }

    // Wine's VBScript only says that it has failed.
    private bool IsComplaint(CallResult result) =>
        result.HResult is HResults.BadParameterCount or WrongArgumentCount
        || (result is { HResult: HResults.Fail, Description: null } && WineExceptionShim.IsWine && NativeDispatch.IsScriptObject(_dispatch));

    // There the complaint is about a call in its body.
    private bool IsJScriptFunction => NativeDispatch.FindId(_dispatch, "apply") != null;
}
