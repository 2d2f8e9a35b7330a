using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// A sink that is a COM object, held as a bare IDispatch pointer. One that answers the source interface is called by
/// DISPID; one that knows only names (a VBScript class, a JScript object) is asked for its own DISPIDs; one that
/// answers neither is called by DISPID all the same.
/// </summary>
internal sealed class NativeSinkTarget : SinkTarget
{
    private readonly nint _dispatch;
    private readonly bool _knowsDispIds;
    private readonly DispatchTable _contract;
    private readonly Dictionary<int, int?> _ownIds = [];
    private bool? _knowsNames;

    private NativeSinkTarget(nint dispatch, bool knowsDispIds, DispatchTable contract, bool isNamed)
    {
        _knowsNames = isNamed ? true : null;
        _dispatch = dispatch;
        _knowsDispIds = knowsDispIds;
        _contract = contract;
    }

    /// <summary>Takes a sink in the apartment of the caller.</summary>
    /// <param name="sink">The object.</param>
    /// <param name="contract">The events.</param>
    /// <param name="isNamed">Whether it is called only for the events of which it has the names.</param>
    /// <returns>Null where the object has neither the source interface nor IDispatch.</returns>
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    public static NativeSinkTarget? TryCreate(object sink, DispatchTable contract, bool isNamed)
    {
        var unknown = Marshal.GetIUnknownForObject(sink);
        try
        {
            var knowsDispIds = Marshal.QueryInterface(unknown, contract.Contract.GUID, out var dispatch) >= 0;
            if (!knowsDispIds && Marshal.QueryInterface(unknown, typeof(IDispatchRaw).GUID, out dispatch) < 0)
            {
                return null;
            }

            return new NativeSinkTarget(dispatch, knowsDispIds, contract, isNamed);
        }
        finally
        {
            Marshal.Release(unknown);
        }
    }

    public override int Invoke(DispatchMember member, object?[] arguments)
    {
        // The sink may unadvise, and so release, inside the call.
        Marshal.AddRef(_dispatch);
        try
        {
            return Resolve(member) is { } id ? NativeDispatch.Invoke(_dispatch, id, arguments) : HResults.Ok;
        }
        finally
        {
            Marshal.Release(_dispatch);
        }
    }

    public override void Release() => Marshal.Release(_dispatch);

    // Null: the sink does not listen to this event.
    private int? Resolve(DispatchMember member)
    {
        if (_knowsDispIds)
        {
            return member.DispId;
        }

        if (!_ownIds.TryGetValue(member.DispId, out var id))
        {
            _ownIds.Add(member.DispId, id = Find(member));
        }

        return id;
    }

    private int? Find(DispatchMember member)
    {
        if (NativeDispatch.FindId(_dispatch, member.Name) is { } own)
        {
            return own;
        }

        _knowsNames ??= _contract.Members.Any(m => NativeDispatch.FindId(_dispatch, m.Name) != null);
        if (_knowsNames.Value)
        {
            return null;
        }

        // A function, or a class with a default method: it is called for the first event of the interface.
        if (NativeDispatch.IsScriptObject(_dispatch))
        {
            return member.DispId == _contract.Members.Min(m => m.DispId) ? DispatchMember.DefaultId : null;
        }

        return member.DispId;
    }
}
