using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects;

/// <summary>Makes URI objects of texts. It needs no platform.</summary>
[ComVisible(true)]
[Guid(UccClassIds.UccUriManager)]
[ClassInterface(ClassInterfaceType.None)]
public class UccUriManager : DispatchObject, IUccUriManager
{
    /// <summary>Makes a URI manager.</summary>
    public UccUriManager()
        : base(UccCoclasses.UccUriManager.Dispatch)
    {
    }

    /// <summary>Reads a SIP, SIPS or TEL URI.</summary>
    /// <param name="pbstrURI">The text.</param>
    /// <exception cref="HResultException">UCC_E_INVALID_SIP_URL or UCC_E_INVALID_TEL_URL.</exception>
    public IUccUri ParseUri(string? pbstrURI) => UccUri.Parse(pbstrURI);

    /// <summary>
    /// Makes a SIP URI of what people write. The documentation has one sentence on it; here a user gets the domain, an
    /// address gets the scheme, a telephone number becomes a user of the domain with <c>user=phone</c> (RFC 3261
    /// section 19.1.6), and a SIP URI stays as it is.
    /// </summary>
    /// <param name="bstrUri">A user, an address, or a URI.</param>
    /// <param name="bstrDomain">The domain for what has none.</param>
    /// <exception cref="HResultException">UCC_E_INVALID_SIP_URL or UCC_E_INVALID_TEL_URL.</exception>
    public IUccUri ConvertUri(string? bstrUri, string? bstrDomain)
    {
        var text = bstrUri?.Trim() ?? "";
        if (TelUri.IsTel(text))
        {
            var number = UccUri.Parse(text).User;
            return UccUri.Parse($"sip:{number}@{bstrDomain?.Trim()};user=phone");
        }

        if (SipUri.TryParse(text, out _))
        {
            return UccUri.Parse(text);
        }

        return UccUri.Parse(text.Contains('@', StringComparison.Ordinal) ? "sip:" + text : $"sip:{text}@{bstrDomain?.Trim()}");
    }
}
