using System.Reflection;

namespace ComIm.Com.Interop;

/// <summary>One callable behind a DISPID: a method, a property's getter or its setter.</summary>
internal sealed class DispatchMethod
{
    private readonly Lazy<DispatchInvoker> _invoker;
    private readonly Type _returnType;

    public DispatchMethod(MethodInfo method)
    {
        Parameters = [.. method.GetParameters().Select(p => new DispatchParameter(p))];
        _returnType = method.ReturnType;
        GivesCallable = method.ReturnType.IsDefined(typeof(CallableObjectAttribute), inherit: false);
        // Compiled on the first call: most members of a large interface are never called late bound.
        _invoker = new Lazy<DispatchInvoker>(() => DispatchCompiler.Compile(method));
    }

    public IReadOnlyList<DispatchParameter> Parameters { get; }

    /// <summary>Whether what it gives is an object to be called, <see cref="CallableObjectAttribute"/>.</summary>
    public bool GivesCallable { get; }

    /// <summary>Whether another method takes the same parameters, as the repeated method of a base interface does.</summary>
    public bool HasParametersOf(DispatchMethod other) =>
        Parameters.Select(p => (p.Type, p.IsByRef)).SequenceEqual(other.Parameters.Select(p => (p.Type, p.IsByRef)));

    /// <summary>Binds the arguments to the parameters, calls, and writes by-reference values back.</summary>
    public DispatchResult Invoke(object target, DispatchArguments arguments)
    {
        var values = new object?[Parameters.Count];
        var sources = new int[Parameters.Count];
        var refusal = Bind(arguments, values, sources);
        if (refusal is { } refused)
        {
            return refused;
        }

        try
        {
            var result = _invoker.Value(target, values);
            for (var i = 0; i < values.Length; i++)
            {
                if (Parameters[i].IsByRef && sources[i] >= 0)
                {
                    arguments.WriteBack(sources[i], VariantSafe.Convert(values[i], Parameters[i].Type));
                }
            }

            return new DispatchResult(HResults.Ok, VariantSafe.Convert(result, _returnType));
        }
#pragma warning disable CA1031 // No exception may cross the COM boundary: the caller gets it as an EXCEPINFO.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return DispatchResult.Failed(e);
        }
    }

    private DispatchResult? Bind(DispatchArguments arguments, object?[] values, int[] sources)
    {
        Array.Fill(sources, -1);
        for (var i = 0; i < arguments.Count; i++)
        {
            var position = arguments.PositionOf(i, values.Length);
            if (position < 0 || position >= values.Length)
            {
                return DispatchResult.Refused(HResults.BadParameterCount);
            }

            if (arguments[i] is not Missing)
            {
                sources[position] = i;
            }
        }

        for (var position = 0; position < values.Length; position++)
        {
            var parameter = Parameters[position];
            var source = sources[position];
            if (source < 0)
            {
                if (!parameter.TryGetDefault(out values[position]))
                {
                    return DispatchResult.Refused(HResults.ParameterNotOptional);
                }
            }
            else if (parameter.IsOut)
            {
                // What a script's variable held before says nothing.
                values[position] = null;
            }
            else if (!ArgumentConverter.TryConvert(arguments[source], parameter.Type, out values[position]))
            {
                return DispatchResult.Refused(HResults.TypeMismatch, source);
            }
        }

        return null;
    }
}
