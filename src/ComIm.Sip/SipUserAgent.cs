using System.Net.Sockets;
using System.Runtime.CompilerServices;
using ComIm.Sip.Authentication;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>
/// Sends the requests of one identity through its outbound proxy and answers challenges on the way (RFC 3261 section
/// 8.1, 22).
/// </summary>
public sealed class SipUserAgent
{
    private readonly string _name;

    // In a box: requests are sent while it changes, and never to half of each.
    private volatile StrongBox<SipTarget> _outbound;

    /// <summary>Makes a user agent.</summary>
    /// <param name="stack">Sends and receives.</param>
    /// <param name="outbound">Where every request goes first.</param>
    /// <param name="authenticator">Answers challenges.</param>
    /// <param name="name">The User-Agent header.</param>
    public SipUserAgent(SipStack stack, SipTarget outbound, RequestAuthenticator authenticator, string name)
    {
        ArgumentNullException.ThrowIfNull(stack);
        Stack = stack;
        _outbound = new StrongBox<SipTarget>(outbound);
        Authenticator = authenticator;
        _name = name;
        Locate = (uri, cancellation) => Locator is { } locator
            ? NextHop.LocateAsync(uri, Outbound, IsAvailable, locator, cancellation)
            : ValueTask.FromResult(NextHop.Of(uri, Outbound, IsAvailable));
    }

    /// <summary>Where every request goes first.</summary>
    public SipTarget Outbound => _outbound.Value;

    /// <summary>Answers challenges.</summary>
    public RequestAuthenticator Authenticator { get; }

    /// <summary>
    /// Finds the next hop of a request inside a dialog from its topmost Route or remote target (null where that is no SIP
    /// URI). By default <see cref="NextHop"/>: addresses are taken as they are, names go to <see cref="Outbound"/>, or are looked up
    /// where there is a <see cref="Locator"/>.
    /// </summary>
    public Func<SipUri?, CancellationToken, ValueTask<SipTarget>> Locate { get; init; }

    /// <summary>Looks up the names in routes and remote targets; null leaves that to the outbound proxy.</summary>
    public SipLocator? Locator { get; init; }

    internal SipStack Stack { get; }

    /// <summary>Requests go elsewhere from now on: the server has moved, or another one of its domain has taken over (RFC 3263).</summary>
    /// <param name="outbound">Where every request goes first.</param>
    public void MoveTo(SipTarget outbound)
    {
        _outbound = new StrongBox<SipTarget>(outbound);
    }

    private bool IsAvailable(SipTransportKind kind) => Stack.Find(kind) is not null;

    /// <summary>The next hop; where it cannot be found the outbound proxy may know it.</summary>
    internal async ValueTask<SipTarget> LocateAsync(SipUri? uri, CancellationToken cancellationToken)
    {
        try
        {
            return await Locate(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or SipTransportException or SipLocationException)
        {
            return Outbound;
        }
    }

    /// <summary>Sends a request that has From, To, Call-ID and CSeq, and waits for its final response.</summary>
    /// <param name="request">The request; where it has to be sent again, its CSeq goes up (RFC 3261 section 22.2).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The outcome, and the CSeq number used last.</returns>
    public Task<(SipOutcome Outcome, uint LastSequence)> SendAsync(SipRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, Outbound, Authenticator, cancellationToken);

    /// <summary>The same to another place, with what goes on there: a redirect leads past the outbound proxy.</summary>
    internal async Task<(SipOutcome Outcome, uint LastSequence)> SendAsync(
        SipRequest request, SipTarget target, RequestAuthenticator authenticator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sequence = request.CSeq?.Number ?? throw new ArgumentException("The request has no CSeq.", nameof(request));
        var client = Prepare(request, new LocalSequence(sequence - 1), null, authenticator);
        var outcome = await client.SendAsync(target, cancellationToken).ConfigureAwait(false);
        return (outcome, client.LastSequence);
    }

    /// <summary>Makes a request ready to be sent, cancelled and watched.</summary>
    internal ClientRequest Prepare(
        SipRequest request, LocalSequence sequence, Action<SipRequest, SipResponse>? responseReceived, RequestAuthenticator? authenticator = null)
    {
        if (!request.Headers.Contains(HeaderId.UserAgent))
        {
            request.Headers.Add(HeaderId.UserAgent, _name);
        }

        return new ClientRequest(Stack, authenticator ?? Authenticator, request, sequence) { ResponseReceived = responseReceived };
    }
}
