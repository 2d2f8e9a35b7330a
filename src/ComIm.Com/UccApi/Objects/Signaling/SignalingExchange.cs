using System.Text;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects.Signaling;

/// <summary>Between the messages of an application and those of the stack.</summary>
internal static class SignalingExchange
{
    private static readonly Dictionary<UCC_SIGNALING_REQUEST_TYPE, string> Methods = new()
    {
        [UCC_SIGNALING_REQUEST_TYPE.UCCSRT_INFO] = SipMethods.Info,
        [UCC_SIGNALING_REQUEST_TYPE.UCCSRT_MESSAGE] = SipMethods.Message,
        [UCC_SIGNALING_REQUEST_TYPE.UCCSRT_OPTIONS] = SipMethods.Options,
        [UCC_SIGNALING_REQUEST_TYPE.UCCSRT_SERVICE] = "SERVICE",
    };

    // The stack's own: an application that set them would break the transaction or the dialog, or speak for somebody else.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Via", "v", "From", "f", "To", "t", "Call-ID", "i", "CSeq", "Contact", "m", "Route", "Record-Route", "Max-Forwards", "Content-Length",
        "l", "Content-Type", "c", "Authorization", "Proxy-Authorization",
    };

    /// <summary>Makes a request ready to be sent; one that cannot be is refused before anything is.</summary>
    /// <exception cref="HResultException">E_INVALIDARG or UCC_E_NOT_ALLOWED.</exception>
    public static (string Method, Action<SipRequest> Fill) Prepare(IUccSignalingRequest? request, string peer)
    {
        if (request == null)
        {
            throw new HResultException(HResults.InvalidArgument, "There is no request to send.");
        }

        var method = MethodOf(request);
        Fill(new SipRequest(method, SipUri.Parse(peer)), request);
        return (method, target => Fill(target, request));
    }

    private static string MethodOf(IUccSignalingRequest request) => Methods.TryGetValue(request.RequestType, out var method)
        ? method
        : throw new HResultException(
            UccHResults.UCC_E_NOT_ALLOWED, "Through a channel go INFO, MESSAGE, OPTIONS and SERVICE. The others are sent by the objects that they belong to.");

    /// <summary>Writes what an application wants to be in a request.</summary>
    private static void Fill(SipRequest target, IUccSignalingRequest source)
    {
        foreach (IUccSignalingHeaderField field in source.HeaderFields)
        {
            if (Reserved.Contains(field.Name))
            {
                throw new HResultException(UccHResults.UCC_E_NOT_ALLOWED, $"{field.Name} is set by ComIm.");
            }

            target.Headers.Add(field.Name, field is UccSignalingHeaderField own ? own.Text : field.Value);
        }

        if (source.Body is { Length: > 0 } body)
        {
            target.SetBody(source.ContentType is { Length: > 0 } type ? type : "text/plain", Encoding.UTF8.GetBytes(body));
        }
    }

    /// <summary>A request that has come in, for the application.</summary>
    public static UccSignalingRequest Read(SipRequest request)
    {
        var read = new UccSignalingRequest
        {
            RequestType = Methods.FirstOrDefault(m => m.Value == request.Method).Key,
            RequestUri = request.RequestUri is { } uri ? UccUri.Parse(uri.ToString()) : null,
        };
        Copy(request, read);
        return read;
    }

    /// <summary>A response that has come in, for the application.</summary>
    public static UccSignalingResponse Read(SipResponse response)
    {
        var read = new UccSignalingResponse((short)response.StatusCode, response.ReasonPhrase);
        Copy(response, read);
        return read;
    }

    private static void Copy(SipMessage message, SignalingMessageObject target)
    {
        foreach (var header in message.Headers.Where(h => !h.Name.Contains("Authenticat", StringComparison.OrdinalIgnoreCase)).Take(SignalingMessageObject.Capacity))
        {
            target.AddHeaderField(header.Name, SignalingText.Clean(header.Value));
        }

        target.ContentType = SignalingText.Clean(message.Headers.Get(HeaderId.ContentType) ?? "");
        target.Body = Encoding.UTF8.GetString(message.Body.Span);
    }
}
