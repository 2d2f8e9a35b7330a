namespace ComIm.Com.Interop;

/// <summary>
/// Marks an interface whose objects stand for a value, as a function does for its result: where a member gives such an
/// object, <c>o.member()</c> is the value of its default member, and <c>o.member = x</c> sets it.
/// </summary>
[AttributeUsage(AttributeTargets.Interface)]
internal sealed class CallableObjectAttribute : Attribute;
