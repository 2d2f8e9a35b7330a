using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;

namespace ComIm.Sip.UserAgentServer;

/// <summary>
/// What every element asks of a request before it looks at its meaning: as a user agent server or registrar (RFC 3261 section
/// 8.2), or as a proxy (section 16.3). What cannot even be read never comes here (<see cref="SipMessageRules"/>).
/// </summary>
public static class RequestInspection
{
    private const string AnswerNotAccepted = "399 comim \"No answer to this INVITE would be of a type that its Accept names\"";

    /// <summary>Inspects a request that this element is to process itself.</summary>
    /// <param name="request">The request, outside a dialog.</param>
    /// <param name="capabilities">What the element takes.</param>
    /// <returns>The refusal; null where the request may be processed.</returns>
    public static RequestRefusal? AsUserAgentServer(SipRequest request, UasCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(capabilities);

        // In the order of section 8.2: the method, the Request-URI, what is required, the body.
        return InspectMethod(request.Method, capabilities)
            ?? InspectScheme(request)
            ?? InspectExtensions(request, HeaderId.Require, capabilities.Extensions)
            ?? InspectBody(request, capabilities)
            ?? InspectAnswer(request, capabilities);
    }

    /// <summary>Inspects a request that this element is to forward. Method, Require and body are its receiver's matter.</summary>
    /// <param name="request">The request.</param>
    /// <param name="extensions">The option tags that Proxy-Require may name.</param>
    /// <returns>The refusal; null where the request may be forwarded.</returns>
    public static RequestRefusal? AsProxy(SipRequest request, IReadOnlyList<string> extensions)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(extensions);
        return InspectScheme(request)
            ?? (request.MaxForwards == 0 ? new RequestRefusal(483) : null)
            ?? InspectBreadth(request)
            ?? InspectExtensions(request, HeaderId.ProxyRequire, extensions);
    }

    private static RequestRefusal? InspectMethod(string method, UasCapabilities capabilities)
    {
        if (method == SipMethods.Cancel)
        {
            // One that matched an INVITE has been answered by its transaction (section 9.2).
            return new RequestRefusal(481);
        }

        return capabilities.Methods.Contains(method, StringComparer.Ordinal)
            ? null
            : new RequestRefusal(SipMethods.IsKnown(method) ? 405 : 501, HeaderId.Allow, capabilities.Allow);
    }

    // The Request-URI need not be what To says, but it has to be one that we understand (section 8.2.2.1).
    private static RequestRefusal? InspectScheme(SipRequest request) => request.RequestUri is null ? new RequestRefusal(416) : null;

    // How many branches it may be on has to be known before it is sent on (RFC 5393 section 5.3).
    private static RequestRefusal? InspectBreadth(SipRequest request) =>
        request.Headers.Contains(HeaderId.MaxBreadth) && request.MaxBreadth is null
            ? new RequestRefusal(SipRejections.StatusCodeOf(SipRejection.InvalidMaxBreadth), SipRejections.ReasonPhraseOf(SipRejection.InvalidMaxBreadth))
            : null;

    private static RequestRefusal? InspectExtensions(SipRequest request, HeaderId header, IReadOnlyList<string> known)
    {
        if (!request.Headers.Contains(header))
        {
            return null;
        }

        var unknown = request.Headers.GetValues(header).Where(tag => tag.Length > 0 && !known.Contains(tag, StringComparer.OrdinalIgnoreCase));
        return string.Join(", ", unknown) is { Length: > 0 } tags ? new RequestRefusal(420, HeaderId.Unsupported, tags) : null;
    }

    private static RequestRefusal? InspectBody(SipRequest request, UasCapabilities capabilities)
    {
        if (capabilities.MediaTypes is not { } known || request.Body.IsEmpty || IsOptional(request))
        {
            return null;
        }

        // What is not said is plain text, as SipBody takes it.
        if (request.Headers.Get(HeaderId.ContentType) is { } text)
        {
            if (!MediaType.TryParse(text, out var type))
            {
                return new RequestRefusal(400, BodyRejections.ReasonPhraseOf(BodyRejection.InvalidContentType));
            }

            // An unknown multipart is taken as a mixed one (RFC 2046 section 5.1.7).
            var name = type.IsMultipart && !known.Contains(type.Name) ? "multipart/mixed" : type.Name;
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return new RequestRefusal(415, HeaderId.Accept, capabilities.Accept);
            }
        }

        return request.Headers.GetValues(HeaderId.ContentEncoding).All(ContentCoding.IsKnown)
            ? null
            : new RequestRefusal(415, null, "Accept-Encoding", BodyRejections.AcceptEncoding);
    }

    private static bool IsOptional(SipRequest request) =>
        request.Headers.Get(HeaderId.ContentDisposition) is { } disposition
        && disposition.IndexOf(';', StringComparison.Ordinal) is > 0 and var semicolon
        && string.Equals(new ParameterList(disposition[semicolon..]).Get("handling"), "optional", StringComparison.OrdinalIgnoreCase);

    // An INVITE that accepts nothing that its answer could be (section 21.4.7; RFC 4475 section 3.3.17).
    private static RequestRefusal? InspectAnswer(SipRequest request, UasCapabilities capabilities)
    {
        if (request.Method != SipMethods.Invite || capabilities.AnswerTypes.Count == 0 || !request.Headers.Contains(HeaderId.Accept))
        {
            return null;
        }

        return request.Headers.GetValues(HeaderId.Accept).Any(range => capabilities.AnswerTypes.Any(type => IsIn(type, range)))
            ? null
            : new RequestRefusal(406, HeaderId.Warning, AnswerNotAccepted);
    }

    private static bool IsIn(string type, string range)
    {
        var semicolon = range.IndexOf(';', StringComparison.Ordinal);
        var name = (semicolon < 0 ? range : range[..semicolon]).Trim();
        return name == "*/*" || name.Equals(type, StringComparison.OrdinalIgnoreCase)
            || (name.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase));
    }
}
