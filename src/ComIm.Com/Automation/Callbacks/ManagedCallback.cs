using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Callbacks;

/// <summary>A callback without COM: a C# delegate, or an object of ours with a default member.</summary>
internal sealed class ManagedCallback : Callback
{
    private readonly Func<object?[], CallResult> _invoke;

    private ManagedCallback(Func<object?[], CallResult> invoke) => _invoke = invoke;

    /// <summary>Takes what is such a thing.</summary>
    public static ManagedCallback? TryCreate(object value) => value switch
    {
        DispatchObject target => new ManagedCallback(arguments => Invoke(target, arguments)),
        Delegate function => new ManagedCallback(arguments => Invoke(function, arguments)),
        _ => null,
    };

    protected override CallResult Call(object?[] arguments) => _invoke(arguments);

    private static CallResult Invoke(DispatchObject target, object?[] arguments)
    {
        var result = target.Dispatch.Invoke(
            target, DispatchMember.DefaultId, DispatchKinds.Method, DispatchArguments.Of(arguments));
        return new CallResult(result.Error?.HResult ?? result.HResult, result.Value, result.Error?.Message);
    }

    // As a JScript function does, a delegate takes as many of the arguments as it has parameters.
    private static CallResult Invoke(Delegate function, object?[] arguments)
    {
        var wanted = new object?[function.Method.GetParameters().Length];
        arguments.AsSpan(0, Math.Min(wanted.Length, arguments.Length)).CopyTo(wanted);
        return new CallResult(HResults.Ok, function.DynamicInvoke(wanted), null);
    }
}
