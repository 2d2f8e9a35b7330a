using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>
/// The proxies that stay on the path of a dialog, nearest first (RFC 3261 section 12.1). Its values are kept as they came,
/// parameters behind the bracket included: they are the proxies' own and are echoed byte for byte.
/// </summary>
public sealed class RouteSet
{
    private readonly IReadOnlyList<string> _values;

    private RouteSet(IReadOnlyList<string> values) => _values = values;

    /// <summary>No proxy stays.</summary>
    public static RouteSet Empty { get; } = new([]);

    /// <summary>The Route values.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>As the receiver of a request sees it: Record-Route in its order (RFC 3261 section 12.1.1).</summary>
    /// <param name="request">The request that makes the dialog.</param>
    public static RouteSet Of(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var values = request.Headers.GetValues(HeaderId.RecordRoute);
        return values.Count == 0 ? Empty : new RouteSet(values);
    }

    /// <summary>As the sender of a request sees it: Record-Route in reverse (RFC 3261 section 12.1.2).</summary>
    /// <param name="response">The response that makes the dialog.</param>
    public static RouteSet Of(SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var values = response.Headers.GetValues(HeaderId.RecordRoute);
        return values.Count == 0 ? Empty : new RouteSet(values.Reverse().ToArray());
    }

    /// <summary>How a request is addressed (RFC 3261 section 12.2.1.1).</summary>
    /// <param name="remoteTarget">The peer's Contact.</param>
    public RequestAddress AddressTo(string remoteTarget)
    {
        if (_values.Count == 0)
        {
            return new RequestAddress(remoteTarget, [], UriOf(remoteTarget));
        }

        var first = NameAddress.TryParse(_values[0], out var address) ? address.Uri : null;
        if (first is null || first.Parameters.Contains("lr"))
        {
            return new RequestAddress(remoteTarget, _values, first);
        }

        // A strict router finds itself in the Request-URI, and the target at the end of the route (RFC 2543).
        var uri = first.WithoutHeaders();
        return new RequestAddress(uri.ToString(), [.. _values.Skip(1), "<" + remoteTarget + ">"], uri);
    }

    private static SipUri? UriOf(string text) => SipUri.TryParse(text, out var uri) ? uri : null;
}
