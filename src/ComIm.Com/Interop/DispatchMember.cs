namespace ComIm.Com.Interop;

/// <summary>What stands behind one DISPID: a method, or a property with getter, setter or both.</summary>
internal sealed class DispatchMember(int dispId, string name)
{
    /// <summary>DISPID_VALUE: the member that stands for the object.</summary>
    public const int DefaultId = 0;

    public int DispId { get; } = dispId;

    public string Name { get; } = name;

    /// <summary>The method; of several with one name the first.</summary>
    public DispatchMethod? Method { get; private set; }

    public DispatchMethod? Getter { get; set; }

    public DispatchMethod? Setter { get; set; }

    private List<DispatchMethod>? _others;

    /// <summary>Adds a method of this name, unless one with the same parameters is here.</summary>
    public void AddMethod(DispatchMethod method)
    {
        if (Method == null)
        {
            Method = method;
        }
        else if (!Method.HasParametersOf(method) && _others?.Exists(m => m.HasParametersOf(method)) != true)
        {
            (_others ??= []).Add(method);
        }
    }

    /// <summary>The DISPID of a named argument: its position. -1 where there is no such parameter.</summary>
    public int FindParameter(string parameterName)
    {
        var parameters = (Method ?? Getter ?? Setter)?.Parameters ?? [];
        for (var i = 0; i < parameters.Count; i++)
        {
            if (string.Equals(parameters[i].Name, parameterName, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Does what the caller asks of this member of <paramref name="target"/>.</summary>
    public DispatchResult Invoke(object target, DispatchKinds kinds, DispatchArguments arguments)
    {
        if ((kinds & DispatchKinds.AnyPut) != 0)
        {
            return Put(target, kinds, arguments);
        }

        if (Method != null && (kinds & DispatchKinds.Method) != 0)
        {
            return CallMethod(Method, target, arguments);
        }

        // A property in a statement of its own comes as a method call, so both kinds read it.
        if (Getter == null)
        {
            return DispatchResult.Refused(HResults.MemberNotFound);
        }

        return IsChain(Getter, arguments.Count) || IsCall(kinds)
            ? InvokeDefaultOf(Getter, target, kinds, arguments)
            : Getter.Invoke(target, arguments);
    }

    // o.Items(2): Items takes nothing, so the argument is for the default member of what Items gives.
    private static bool IsChain(DispatchMethod getter, int argumentCount) => getter.Parameters.Count == 0 && argumentCount > 0;

    // o.state() in JScript is a method call and nothing else, where VBScript's o.state is both: where the property's value is
    // something to be called, the former calls it.
    private bool IsCall(DispatchKinds kinds) =>
        kinds == DispatchKinds.Method && Getter!.GivesCallable;

    // o.topic = "x" where topic is an object that holds a value.
    private bool IsPutThrough => Setter == null && Getter is { GivesCallable: true };

    // The first that the arguments fit. A refusal comes before anything is called.
    private DispatchResult CallMethod(DispatchMethod first, object target, DispatchArguments arguments)
    {
        var result = first.Invoke(target, arguments);
        for (var i = 0; i < _others?.Count && result is { HResult: < 0, Error: null }; i++)
        {
            var next = _others[i].Invoke(target, arguments);
            result = next is { HResult: < 0, Error: null } ? result : next;
        }

        return result;
    }

    private DispatchResult Put(object target, DispatchKinds kinds, DispatchArguments arguments)
    {
        if (Getter != null && (IsChain(Getter, arguments.Count - 1) || IsPutThrough))
        {
            return InvokeDefaultOf(Getter, target, kinds, arguments);
        }

        return Setter?.Invoke(target, arguments) ?? DispatchResult.Refused(HResults.MemberNotFound);
    }

    private static DispatchResult InvokeDefaultOf(
        DispatchMethod getter, object target, DispatchKinds kinds, DispatchArguments arguments)
    {
        var inner = getter.Invoke(target, DispatchArguments.Empty);
        if (inner.HResult < 0)
        {
            return inner;
        }

        return inner.Value is DispatchObject child
            ? child.Dispatch.Invoke(child, DefaultId, kinds, arguments)
            : DispatchResult.Refused(HResults.BadParameterCount);
    }
}
