using System.Linq.Expressions;
using System.Reflection;

namespace ComIm.Com.Interop;

/// <summary>Calls one method; by-reference arguments are written back into the array.</summary>
internal delegate object? DispatchInvoker(object target, object?[] arguments);

/// <summary>
/// Compiles a method to a delegate. Reflection's own Invoke would cross native frames when an exception passes, which
/// is slow everywhere and dangerous under Wine (see <see cref="WineExceptionShim"/>).
/// </summary>
internal static class DispatchCompiler
{
    public static DispatchInvoker Compile(MethodInfo method)
    {
        var target = Expression.Parameter(typeof(object), "target");
        var arguments = Expression.Parameter(typeof(object?[]), "arguments");
        var locals = new List<ParameterExpression>();
        var body = new List<Expression>();
        var writeBack = new List<Expression>();

        foreach (var parameter in method.GetParameters())
        {
            var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
            var slot = Expression.ArrayAccess(arguments, Expression.Constant(parameter.Position));
            var local = Expression.Variable(type, parameter.Name);
            locals.Add(local);
            if (!parameter.IsOut)
            {
                body.Add(Expression.Assign(local, Expression.Convert(slot, type)));
            }

            if (parameter.ParameterType.IsByRef)
            {
                writeBack.Add(Expression.Assign(slot, Expression.Convert(local, typeof(object))));
            }
        }

        var call = Expression.Call(Expression.Convert(target, method.DeclaringType!), method, locals);
        var result = Expression.Variable(typeof(object), "result");
        if (method.ReturnType == typeof(void))
        {
            body.Add(call);
        }
        else
        {
            body.Add(Expression.Assign(result, Expression.Convert(call, typeof(object))));
        }

        body.AddRange(writeBack);
        body.Add(result);
        var block = Expression.Block(typeof(object), [.. locals, result], body);
        return Expression.Lambda<DispatchInvoker>(block, target, arguments).Compile();
    }
}
