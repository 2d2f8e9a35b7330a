namespace ComIm.Com.Interop;

/// <summary>
/// "No object": a VT_DISPATCH that is null. A member that returns an object returns this for null, because a script's
/// <c>Is Nothing</c> fails on an empty VARIANT.
/// </summary>
internal sealed class Nothing
{
    public static readonly Nothing Value = new();

    private Nothing()
    {
    }
}
