using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Sessions;

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
    // Both have CredentialCache; a script that says it signs in.
    private static readonly Type[] Winners = [typeof(IUccServerSignalingSettings)];

    private readonly Lazy<DispatchTable> _dispatch =
        new(() => DispatchTable.Flatten(Contracts(DefaultInterface, Interfaces, Sources.Count > 0), Clsid));

    /// <summary>
    /// The members of all its interfaces, for scripts. Of members with one name the default interface's is called, then
    /// those of <see cref="Winners"/>; of methods the one that the arguments fit.
    /// </summary>
    public DispatchTable Dispatch => _dispatch.Value;

    /// <summary>The class with an interface and events that the original had elsewhere only.</summary>
    public UccCoclass Plus(Type contract, Type source) =>
        new(Name, Clsid, IsCreatable, DefaultInterface, [.. Interfaces, contract], [.. Sources, source], DefaultSource);

    private static List<Type> Contracts(Type first, IReadOnlyList<Type> interfaces, bool hasEvents)
    {
        var others = interfaces.Where(i => i != first && i != typeof(IDispatchRaw)).ToList();
        return
        [
            first,
            .. others.Where(Winners.Contains),
            .. others.Where(i => !Winners.Contains(i)),
            .. interfaces.Contains(typeof(IUccSessionManager)) ? (Type[])[typeof(IScriptSessionManager)] : [],
            .. hasEvents ? (Type[])[typeof(IScriptEvents)] : [],
        ];
    }
}
