using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>An evaluator that knows only names: a script's object with a method Evaluate, or its function.</summary>
internal sealed class ScriptEvaluator : _IUccSessionDescriptionEvaluator
{
    private const int DefaultMember = 0;

    private readonly int _dispId;
    private nint _dispatch;

    private ScriptEvaluator(nint dispatch, int dispId) => (_dispatch, _dispId) = (dispatch, dispId);

    /// <summary>Takes an object in the apartment of the caller; null where it has no IDispatch.</summary>
    [SupportedOSPlatform("windows")]
    public static ScriptEvaluator? TryCreate(object evaluator)
    {
        var unknown = Marshal.GetIUnknownForObject(evaluator);
        try
        {
            return Marshal.QueryInterface(unknown, typeof(IDispatchRaw).GUID, out var dispatch) < 0
                ? null
                : new ScriptEvaluator(dispatch, NativeDispatch.FindId(dispatch, nameof(Evaluate)) ?? DefaultMember);
        }
        finally
        {
            Marshal.Release(unknown);
        }
    }

    /// <summary>In its own apartment.</summary>
    public bool Evaluate(string bstrContentType, string bstrSessionDescription) =>
        _dispatch != 0
        && NativeDispatch.Call(_dispatch, _dispId, DispatchKinds.Method, [bstrContentType, bstrSessionDescription]) is { HResult: >= 0, Value: true or (int and not 0) or (short and not 0) };

    /// <summary>In its own apartment.</summary>
    public void Release()
    {
        if (_dispatch != 0)
        {
            Marshal.Release(_dispatch);
            _dispatch = 0;
        }
    }
}
