using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Conformance;

/// <summary>What our parser says to a fact of the tables. A key that it does not know fails: no fact goes unchecked.</summary>
internal static partial class MessageFacts
{
    public static string Of(SipMessage message, ReadOnlyMemory<byte> datagram, string key) => key switch
    {
        "kind" => message is SipRequest ? "request" : "response",
        "call-id" => message.CallId ?? "",
        "call-id-length" => Text(message.CallId!.Length),
        "cseq" => Text(message.CSeq!.Value.Number),
        "cseq-method" => message.CSeq!.Value.Method,
        "content-length" => SipNumber.TryParse(message.Headers.GetBytes(HeaderId.ContentLength), out var length) ? Text(length) : "",
        "content-type" => message.Headers.Get(HeaderId.ContentType) ?? "",
        "body-length" => Text(message.Body.Length),
        "body" => message.BodyText,
        "trailing-length" => Text(datagram.Length - (SipParser.FindHeadEnd(datagram.Span) + message.Body.Length)),
        "header-count" => Text(message.Headers.Count),
        "subject" => message.Headers.Get(HeaderId.Subject) ?? "",
        "unsupported" or "unsupported-proxy" => string.Join("|", message.Headers.GetValues(key == "unsupported" ? HeaderId.Require : HeaderId.ProxyRequire)),
        _ when key.StartsWith("header:", StringComparison.Ordinal) => message.Headers.Get(key[7..]) ?? "",
        _ when message is SipResponse response => OfResponse(response, key),
        _ => OfRequest((SipRequest)message, key),
    };

    private static string OfResponse(SipResponse response, string key) => key switch
    {
        "status" => Text(response.StatusCode),
        "reason" => response.ReasonPhrase,
        _ => OfHeader(response, key),
    };

    private static string OfRequest(SipRequest request, string key) => key switch
    {
        "method" => request.Method,
        "max-forwards" => request.Headers.Contains(HeaderId.MaxForwards) ? Text(request.MaxForwards!.Value) : "",
        "request-uri" => request.RequestUriText,
        "request-uri-scheme" => request.RequestUriText.Split(':')[0],
        _ when key.StartsWith("request-uri-", StringComparison.Ordinal) => OfUri(request.RequestUri!, key[12..]),
        _ => OfHeader(request, key),
    };

    private static string OfUri(SipUri uri, string key) => key switch
    {
        "user" => uri.User ?? "",
        "password" => uri.UserInfo!.Split(':', 2)[1],
        "host" => uri.Host,
        "port" => uri.Port is { } port ? Text(port) : "",
        "address" => uri.HostPort.Address!.ToString(),
        "param-count" => Text(uri.Parameters.Enumerate().Count()),
        _ when key.StartsWith("param-decoded:", StringComparison.Ordinal) => DecodedParameter(uri, key[14..]),
        _ when key.StartsWith("param:", StringComparison.Ordinal) => uri.Parameters.Get(key[6..])!,
        _ when key.StartsWith("header:", StringComparison.Ordinal) =>
            uri.Headers.Split('&').Single(h => h.StartsWith(key[7..] + "=", StringComparison.Ordinal)).Split('=', 2)[1],
        _ => throw new NotSupportedException($"URI fact {key}"),
    };

    private static string DecodedParameter(SipUri uri, string name) =>
        Uri.UnescapeDataString(uri.Parameters.Enumerate().Single(p => Uri.UnescapeDataString(p.Name) == name).Value ?? "");

    /// <summary>header[-n][-what]: via-branch-2, contact-uri, from-tag, to-user …</summary>
    private static string OfHeader(SipMessage message, string key)
    {
        var match = HeaderKey().Match(key);
        Assert.True(match.Success, $"no such fact: {key}");
        var id = Enum.Parse<HeaderId>(match.Groups["header"].Value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        var what = match.Groups["what"].Value;
        var index = match.Groups["n"].Success ? int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) - 1 : 0;
        if (what == "count")
        {
            return Text(id is HeaderId.From or HeaderId.To or HeaderId.CSeq or HeaderId.CallId or HeaderId.MaxForwards
                ? message.Headers.CountOf(id) : message.Headers.GetValues(id).Count);
        }

        var value = id is HeaderId.From or HeaderId.To ? message.Headers.Get(id)! : message.Headers.GetValues(id)[index];
        var fact = id == HeaderId.Via ? OfVia(value, what) : OfAddress(value, what);
        return match.Groups["length"].Success ? Text(Encoding.UTF8.GetByteCount(fact)) : fact;
    }

    private static string OfVia(string value, string what)
    {
        Assert.True(ViaHeader.TryParseFirst(value, out var via), value);
        return what switch
        {
            "transport" => via.Transport,
            "sent-by" => via.SentBy.ToString(),
            "branch" => via.Branch ?? "",
            "received" => via.Parameters.Get("received") ?? "",
            "received-address" => IPAddress.Parse(via.Parameters.Get("received")!).ToString(),
            _ => throw new NotSupportedException($"Via fact {what}"),
        };
    }

    private static string OfAddress(string value, string what)
    {
        Assert.True(NameAddress.TryParse(value, out var address), value);
        return what switch
        {
            "display" => address.DisplayName ?? "",
            "uri" => address.UriText,
            "tag" => address.Tag ?? "",
            "q" => address.Parameters.Get("q") ?? "",
            "param-count" => Text(address.Parameters.Enumerate().Count()),
            _ when what.StartsWith("param:", StringComparison.Ordinal) => address.Parameters.Get(what[6..])!,
            _ when what.StartsWith("uri-", StringComparison.Ordinal) => OfUri(address.Uri!, what[4..]),
            _ => OfUri(address.Uri!, what),
        };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<header>via|from|to|contact|route|record-route|accept|require|proxy-require|cseq|call-id|max-forwards)-(?<what>[a-z][a-z-]*?(:.*)?)(-(?<n>\d+))?(?<length>-length)?$")]
    private static partial Regex HeaderKey();
}
