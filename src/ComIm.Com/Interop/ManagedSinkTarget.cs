namespace ComIm.Com.Interop;

/// <summary>A sink that is a C# object with the source interface; no COM is involved, so it works on any system.</summary>
internal sealed class ManagedSinkTarget(object sink) : SinkTarget
{
    public override int Invoke(DispatchMember member, object?[] arguments) =>
        member.Invoke(sink, DispatchKinds.Method, DispatchArguments.Of(arguments)).HResult;
}
