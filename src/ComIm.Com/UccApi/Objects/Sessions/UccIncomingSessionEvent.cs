using System.Runtime.InteropServices;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>Somebody begins a session and waits for the answer, which can be given now or later.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccIncomingSessionEvent(SessionObject session, ImSession link)
    : DispatchObject(UccCoclasses.UccIncomingSessionEvent.Dispatch), IUccIncomingSessionEvent, IUccIncomingRequestEvent
{
    private const int MaxTargets = 10;

    public IUccContext Context { get; } = new UccContext();

    /// <summary>The session, with both participants in it.</summary>
    public IUccSession Session => session;

    public IUccSessionParticipant? Inviter { get; } = session.Remote;

    /// <summary>Who else the invitation was for before it came here: the URIs of History-Info (RFC 7044) or Diversion (RFC 5806).</summary>
    public IUccCollection History => new UccCollection(
    [
        .. (link.Invitation?.Headers ?? Enumerable.Empty<HeaderField>()).Where(h => IsHistory(h.Name)).Take(MaxTargets)
            .Select(h => NameAddress.TryParse(h.Value, out var entry) ? entry.Uri?.WithoutHeaders().ToString() : null)
            .OfType<string>().Select(UccUri.Parse),
    ]);

    /// <summary>Our own domain is the company; of others nothing is known.</summary>
    public UCC_SOURCE_NETWORK_TYPE SourceType =>
        string.Equals(Inviter?.Uri.Host, session.Endpoint.Uri.Host, StringComparison.OrdinalIgnoreCase)
            ? UCC_SOURCE_NETWORK_TYPE.UCCSNT_COMPANY
            : UCC_SOURCE_NETWORK_TYPE.UCCSNT_UNSPECIFIED;

    /// <summary>None: sessions of text replace no others.</summary>
    public IUccSession? TargetReplaceSession => null;

    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: the inviter has given up, or it was answered before.</exception>
    public void Accept()
    {
        session.Endpoint.Platform.DemandInitialized();
        if (!session.TryAccept(link))
        {
            throw IsOver();
        }
    }

    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: the inviter has given up, or it was answered before.</exception>
    public void Reject(UCC_REJECT_OR_TERMINATE_REASON enReason) => Reject(RejectReasons.ToStatus(enReason), null);

    /// <summary>Sends the inviter elsewhere: to the URIs that the named properties hold.</summary>
    public void Redirect(UCC_SESSION_REDIRECT_METHOD enRedirectMethod, IUccPropertyCollection? pUserNameUriPairCollection)
    {
        if (!Enum.IsDefined(enRedirectMethod))
        {
            throw new HResultException(HResults.InvalidArgument, $"{(int)enRedirectMethod} is not a UCC_SESSION_REDIRECT_METHOD.");
        }

        var contacts = pUserNameUriPairCollection == null ? [] : ReadTargets(pUserNameUriPairCollection);
        if (contacts.Count == 0)
        {
            throw new HResultException(HResults.InvalidArgument, "There is nowhere to redirect to.");
        }

        Reject((int)enRedirectMethod, contacts);
    }

    private void Reject(int statusCode, IReadOnlyList<string>? contacts)
    {
        session.Endpoint.Platform.DemandInitialized();
        if (!link.Reject(statusCode, contacts))
        {
            throw IsOver();
        }
    }

    // The names are for people; a value is a URI, as a text or as an object.
    private static List<string> ReadTargets(IUccPropertyCollection pairs)
    {
        var targets = new List<string>();
        for (var i = 1; i <= Math.Min(pairs.Count, MaxTargets); i++)
        {
            var value = ((IUccProperty)pairs[i]).Value;
            targets.Add($"<{UccUri.Parse((value as IUccUri)?.Value ?? value as string).Value}>");
        }

        return targets;
    }

    private static bool IsHistory(string header) =>
        header.Equals("History-Info", StringComparison.OrdinalIgnoreCase) || header.Equals("Diversion", StringComparison.OrdinalIgnoreCase);

    private static HResultException IsOver() =>
        new(UccHResults.UCC_E_INVALID_SESSION_STATE, "The invitation is over: the inviter has given up, or it was answered before.");
}
