using ComIm.Sip.Authentication;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Registration;

/// <summary>
/// Follows the redirects of one REGISTER (RFC 3261 section 8.1.3.4), within bounds: no place twice, not many, and from a
/// secure way never to one that is not.
/// </summary>
internal sealed class RegistrationRedirects(
    SipLocator locator, TimeProvider time, RequestAuthenticator authenticator, bool sipsOnly, bool tlsOnly)
{
    /// <summary>Requests that one REGISTER may cause elsewhere; challenges and their answers apart.</summary>
    public const int MaxTargets = 5;

    private readonly HashSet<SipUri> _seen = [];
    private readonly Queue<RedirectChoice> _choices = new();
    private int _asked;

    /// <summary>Asks one place after the other until one has an answer of its own.</summary>
    /// <param name="first">The redirect.</param>
    /// <param name="origin">Where it came from: a redirect back there is a loop.</param>
    /// <param name="ask">Sends the REGISTER to a place.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The outcome that counts, and who gave it; nobody where every way was a dead end.</returns>
    public async Task<(SipOutcome Outcome, Registrar? Registrar)> FollowAsync(
        SipOutcome first, SipUri origin, Func<Registrar, Task<SipOutcome>> ask, CancellationToken cancellationToken)
    {
        _seen.Add(origin);
        Note(first);
        var last = first;
        while (_asked < MaxTargets && _choices.TryDequeue(out var choice))
        {
            var (outcome, registrar) = await AskAsync(choice, ask, cancellationToken).ConfigureAwait(false);
            if (registrar is not null)
            {
                return (outcome!, registrar);
            }

            last = outcome ?? last;
        }

        return (last, null);
    }

    private async Task<(SipOutcome? Outcome, Registrar? Registrar)> AskAsync(
        RedirectChoice choice, Func<Registrar, Task<SipOutcome>> ask, CancellationToken cancellationToken)
    {
        SipOutcome? last = null;
        try
        {
            await foreach (var target in locator.WalkAsync(QueryOf(choice.Uri), cancellationToken).ConfigureAwait(false))
            {
                if (_asked++ >= MaxTargets)
                {
                    break;
                }

                // The name that was asked for is the one that a certificate must prove (RFC 5922 section 4).
                var hop = target.Transport == SipTransportKind.Tls ? target with { HostName = choice.Uri.Host } : target;
                DateTimeOffset? until = choice.Lifetime is { } lifetime ? time.GetUtcNow() + lifetime : null;
                var registrar = new Registrar(choice.Uri, hop, authenticator.WithoutSessions(), until);
                last = await ask(registrar).ConfigureAwait(false);
                if (last.Failure is null && RedirectChoice.IsRedirect(last.Response))
                {
                    Note(last);
                    break;
                }

                if (!SipFailover.IsFailureOfTarget(last))
                {
                    return (last, registrar);
                }
            }
        }
        catch (SipLocationException)
        {
            // There is no such server; another choice may be better.
        }

        return (last, null);
    }

    private SipServerQuery QueryOf(SipUri uri)
    {
        var query = SipServerQuery.Of(uri);
        return !tlsOnly ? query
            : query.Transport is null or SipTransportKind.Tls ? query with { Transport = SipTransportKind.Tls }
            : throw new SipLocationException($"{uri} is not reached over TLS, as the server that names it is.");
    }

    private void Note(SipOutcome redirect)
    {
        foreach (var choice in RedirectChoice.Of(redirect.Response, sipsOnly).Take(MaxTargets))
        {
            if (_seen.Add(choice.Uri))
            {
                _choices.Enqueue(choice);
            }
        }
    }
}
