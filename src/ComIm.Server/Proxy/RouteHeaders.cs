using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Server.Proxy;

/// <summary>Route and Record-Route as a loose router treats them (RFC 3261 sections 16.4, 16.6 step 4).</summary>
internal static class RouteHeaders
{
    /// <summary>
    /// A copy of a request as it is to be forwarded: without the Routes that led here, and with its true Request-URI where a
    /// strict router had put ours in its place. Null where the last Route, which would be that URI, is none.
    /// </summary>
    /// <param name="request">The request as it came; it is not changed.</param>
    /// <param name="own">What is ours.</param>
    public static SipRequest? Preprocess(SipRequest request, OwnAddresses own)
    {
        var routes = request.Headers.GetValues(HeaderId.Route);
        var copy = request.Copy();
        if (routes.Count == 0)
        {
            return copy;
        }

        if (request.RequestUri is { User: null } uri && uri.Parameters.Contains("lr") && own.IsServer(uri))
        {
            if (UriOf(routes[^1]) is not { } last)
            {
                return null;
            }

            copy = request.CopyTo(last);
            routes = [.. routes.SkipLast(1)];
        }

        // One of ours for each side of the server (RFC 5658 section 4): where it changes the transport there are two.
        var others = routes.SkipWhile(r => UriOf(r) is { } route && own.IsServer(route)).ToList();
        copy.Headers.Remove(HeaderId.Route);
        others.ForEach(r => copy.Headers.Add(HeaderId.Route, r));
        return copy;
    }

    /// <summary>Puts the server into the route set of a dialog that the request may begin.</summary>
    /// <param name="request">The request; it is changed.</param>
    /// <param name="own">What is ours.</param>
    /// <param name="from">The transport it came over.</param>
    /// <param name="to">The transport it goes on over.</param>
    public static void Record(SipRequest request, OwnAddresses own, SipTransportKind from, SipTransportKind to)
    {
        request.Headers.AddFirst(HeaderId.RecordRoute, ValueFor(own, from));
        if (from != to)
        {
            request.Headers.AddFirst(HeaderId.RecordRoute, ValueFor(own, to));
        }
    }

    /// <summary>Whether a request can begin a dialog, or is of one and refreshes its route set.</summary>
    /// <param name="method">Its method.</param>
    public static bool IsRecorded(string method) => method is SipMethods.Invite or SipMethods.Subscribe or SipMethods.Refer or SipMethods.Notify;

    private static string ValueFor(OwnAddresses own, SipTransportKind kind) =>
        new NameAddress(own.UriOf(kind).WithParameter("lr", null)).ToString();

    private static SipUri? UriOf(string route) => NameAddress.TryParse(route, out var address) ? address.Uri : null;
}
