using ComIm.Com.Interop;

namespace ComIm.Com.UccApi;

/// <summary>What a class of the UCC API is to its clients.</summary>
/// <param name="Name">Its name in the type library.</param>
/// <param name="Clsid">Its CLSID.</param>
/// <param name="IsCreatable">Whether CoCreateInstance makes it; others come from factories.</param>
/// <param name="DefaultInterface">The interface that the type library names first.</param>
/// <param name="Interfaces">Every interface that QueryInterface answers.</param>
/// <param name="Sources">Every event interface that it has a connection point for.</param>
/// <param name="DefaultSource">The event interface that IProvideClassInfo leads to.</param>
internal sealed record UccCoclass(
    string Name,
    Guid Clsid,
    bool IsCreatable,
    Type DefaultInterface,
    IReadOnlyList<Type> Interfaces,
    IReadOnlyList<Type> Sources,
    Type? DefaultSource)
{
    private readonly Lazy<DispatchTable> _dispatch =
        new(() => DispatchTable.Flatten([DefaultInterface, .. Interfaces.Where(i => i != DefaultInterface && i != typeof(IDispatchRaw))]));

    /// <summary>The members of all its interfaces, for scripts. Of members with one name the default interface's is called.</summary>
    public DispatchTable Dispatch => _dispatch.Value;
}
