using ComIm.Client.Accounts;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>The properties of an endpoint, those of UCC_SERVER_ENDPOINT_CONTEXT.</summary>
internal static class EndpointContext
{
    /// <summary>The application's context, or an empty one: what is learnt of the server is added to it.</summary>
    public static IUccContext Of(IUccContext? given) => given ?? new UccContext();

    public static bool HasFlag(IUccContext context, UCC_SERVER_ENDPOINT_FLAGS flag) =>
        Find(context, UCC_SERVER_ENDPOINT_CONTEXT.UCCSEC_SERVER_ENDPOINT_FLAGS) is int flags && (flags & (int)flag) != 0;

    /// <exception cref="HResultException">UCC_E_INVALID_SIP_DISPLAY_NAME: it has a line break or another control character.</exception>
    public static string? DisplayNameOf(IUccContext context) => Find(context, UCC_SERVER_ENDPOINT_CONTEXT.UCCSEC_DISPLAY_NAME) switch
    {
        string name when name.Any(char.IsControl) => throw new HResultException(
            UccHResults.UCC_E_INVALID_SIP_DISPLAY_NAME, "A display name has no line breaks or other control characters."),
        string { Length: > 0 } name => name,
        _ => null,
    };

    /// <summary>Adds what the registration has brought.</summary>
    public static void Describe(IUccContext context, ImAccount account)
    {
        context.AddProperty((int)UCC_SERVER_ENDPOINT_CONTEXT.UCCSEC_SERVER_NETWORK_ADDRESS, account.Server);
        if (account.Gruu is { } gruu)
        {
            context.AddProperty((int)UCC_SERVER_ENDPOINT_CONTEXT.UCCSEC_GRUU, gruu);
        }
    }

    private static object? Find(IUccContext context, UCC_SERVER_ENDPOINT_CONTEXT id) =>
        context.IsPropertySet((int)id) ? context.get_Property((int)id).Value : null;
}
