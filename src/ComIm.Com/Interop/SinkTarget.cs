namespace ComIm.Com.Interop;

/// <summary>An event sink as the delivering thread sees it. It is only ever used on that thread.</summary>
internal abstract class SinkTarget
{
    /// <summary>Calls the sink.</summary>
    /// <param name="member">The event, a member of the source interface.</param>
    /// <param name="arguments">In the order in which they are declared.</param>
    /// <returns>The sink's HRESULT; failures are the sink's own affair.</returns>
    public abstract int Invoke(DispatchMember member, object?[] arguments);

    /// <summary>Lets go of the sink.</summary>
    public virtual void Release()
    {
    }
}
