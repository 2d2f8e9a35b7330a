using System.Globalization;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Automation;

/// <summary>Calls by name, with the flags that script engines pass: what a script does, without the engine.</summary>
internal static class Late
{
    private const DispatchKinds Both = DispatchKinds.Method | DispatchKinds.PropertyGet;

    /// <summary><c>o.name</c> in JScript: reads a property.</summary>
    public static object? Read(object target, string name) => Check(Invoke(target, name, DispatchKinds.PropertyGet, []));

    /// <summary><c>o.name(arguments)</c> in JScript: a method call; with arguments it may be an indexed property as well.</summary>
    public static object? Call(object target, string name, params object?[] arguments) =>
        Check(Invoke(target, name, arguments.Length > 0 ? Both : DispatchKinds.Method, arguments));

    /// <summary><c>o.name(arguments)</c> in VBScript, which does not tell a call from a property.</summary>
    public static object? Get(object target, string name, params object?[] arguments) => Check(Invoke(target, name, Both, arguments));

    /// <summary><c>o.name = value</c>.</summary>
    public static void Put(object target, string name, object? value)
    {
        var o = (DispatchObject)target;
        Check(o.Dispatch.Invoke(o, Id(o, name), DispatchKinds.PropertyPut, DispatchArguments.OfPut(value)));
    }

    /// <summary><c>x = o</c> in VBScript: the value of an object's default member.</summary>
    public static object? Value(object target)
    {
        var o = (DispatchObject)target;
        return Check(o.Dispatch.Invoke(o, DispatchMember.DefaultId, DispatchKinds.PropertyGet, DispatchArguments.Empty));
    }

    /// <summary>Follows <c>a.b.c</c> from an object.</summary>
    public static object Path(object target, string path) =>
        path.Split('.').Aggregate(target, (o, name) => Get(o, name) ?? throw new InvalidOperationException($"{name} is null"));

    private static DispatchResult Invoke(object target, string name, DispatchKinds kinds, object?[] arguments)
    {
        var o = (DispatchObject)target;
        return o.Dispatch.Invoke(o, Id(o, name), kinds, DispatchArguments.Of(arguments));
    }

    private static int Id(DispatchObject o, string name) =>
        o.Dispatch.Find(name)?.DispId ?? throw new InvalidOperationException($"{o.Dispatch.Contract.Name} has no member {name}");

    private static object? Check(DispatchResult result) => result.Error is { } error ? throw error
        : result.HResult < 0 ? throw new HResultException(result.HResult, result.HResult.ToString("X8", CultureInfo.InvariantCulture))
        : result.Value;
}
