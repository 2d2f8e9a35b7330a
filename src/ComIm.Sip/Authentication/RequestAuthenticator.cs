using System.Net;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>
/// Answers the challenges of servers and proxies (RFC 3261 section 22): finds the credential for a realm and the scheme for
/// a challenge, and remembers what goes on with each realm, so that later requests carry credentials from the start: those to
/// places that have asked for them, for a peer that is written to directly could guess at the password with them. Safe for use by several threads.
/// </summary>
public sealed class RequestAuthenticator
{
    /// <summary>Realms that are remembered; each costs a header field in every request. The oldest is forgotten.</summary>
    private const int MaxRealms = 8;

    /// <summary>Places that are remembered of each; one that is forgotten asks again.</summary>
    private const int MaxPlaces = 8;

    private static readonly IAuthenticationScheme[] DigestOnly = [new DigestScheme()];

    private readonly IReadOnlyList<IAuthenticationScheme> _schemes;
    private readonly IReadOnlyList<SipCredential> _credentials;
    private readonly Lock _gate = new();

    // Few, and in the order in which they came up.
    private readonly List<Entry> _entries = [];
    private readonly List<string> _offered = [];

    /// <summary>Makes an authenticator that speaks Digest for one account.</summary>
    /// <param name="credential">Name and password; null answers no challenge.</param>
    public RequestAuthenticator(SipCredential? credential)
        : this(DigestOnly, credential is null ? [] : [credential])
    {
    }

    /// <summary>Makes an authenticator.</summary>
    /// <param name="schemes">The schemes, preferred ones first.</param>
    /// <param name="credentials">
    /// The credentials. A realm is answered with the one that names it, else with the first that names none.
    /// </param>
    public RequestAuthenticator(IReadOnlyList<IAuthenticationScheme> schemes, IReadOnlyList<SipCredential> credentials)
    {
        ArgumentNullException.ThrowIfNull(schemes);
        ArgumentNullException.ThrowIfNull(credentials);
        _schemes = schemes;
        _credentials = credentials;
    }

    /// <summary>
    /// Whether a 2xx counts only where its server has proved that it knows the password too (RFC 7616 section 3.5). Off by
    /// default: few servers give the proof.
    /// </summary>
    public bool RequiresServerProof { get; init; }

    /// <summary>The schemes of every challenge so far, known here or not, in the order in which they came up.</summary>
    public IReadOnlyList<string> OfferedSchemes
    {
        get
        {
            lock (_gate)
            {
                return [.. _offered];
            }
        }
    }

    /// <summary>The scheme that requests carry credentials of; null where nobody has asked for any.</summary>
    public string? Scheme
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count > 0 ? _entries[^1].Session.Scheme : null;
            }
        }
    }

    /// <summary>
    /// One with the same schemes and credentials that has not been challenged yet. A server of another domain is asked with it:
    /// what proves a password to the realms of the first goes out only to a server that challenges for it itself.
    /// </summary>
    internal RequestAuthenticator WithoutSessions() => new(_schemes, _credentials) { RequiresServerProof = RequiresServerProof };

    /// <summary>Adds credentials for every realm that has challenged before, wherever the request is going.</summary>
    /// <param name="request">A request not sent yet, with its body.</param>
    public void Authorize(SipRequest request) => Authorize(request, null);

    /// <summary>Adds credentials for every realm that a place has asked for.</summary>
    /// <param name="request">A request not sent yet, with its body.</param>
    /// <param name="place">Where it is going; null is anywhere.</param>
    public void Authorize(SipRequest request, IPEndPoint? place)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            request.Headers.Remove(HeaderId.Authorization);
            request.Headers.Remove(HeaderId.ProxyAuthorization);
            foreach (var entry in _entries)
            {
                if (place is null || entry.Places.Contains(place))
                {
                    request.Headers.Add(entry.Header, entry.Session.Authorize(request));
                }
            }
        }
    }

    /// <summary>Takes note of a 401 or 407.</summary>
    /// <param name="response">The response; of a forked request it may hold challenges of several realms.</param>
    /// <param name="request">The request it refused.</param>
    /// <param name="place">Where the request went; null where that does not matter.</param>
    /// <returns>True where the request is worth sending again: a new realm, a new nonce, or one gone stale.</returns>
    public bool Accept(SipResponse response, SipRequest request, IPEndPoint? place = null)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(request);
        if (response.StatusCode is not (401 or 407))
        {
            return false;
        }

        var header = response.StatusCode == 401 ? HeaderId.Authorization : HeaderId.ProxyAuthorization;
        var challenges = AuthenticationHeaders.ChallengesOf(response).Where(c => c.Realm is not null).ToList();
        var accepted = false;
        lock (_gate)
        {
            _offered.AddRange(challenges.Select(c => c.Scheme).Distinct(StringComparer.OrdinalIgnoreCase)
                .Except(_offered, StringComparer.OrdinalIgnoreCase).Take(MaxRealms - _offered.Count).ToList());
            if (_credentials.Count == 0)
            {
                return false;
            }

            foreach (var realm in challenges.GroupBy(c => c.Realm!, StringComparer.Ordinal).Take(MaxRealms))
            {
                accepted |= Accept(header, realm.Key, [.. realm], AuthenticationHeaders.CredentialsOf(request, header, realm.Key));
                _entries.Find(e => e.Header == header && e.Realm == realm.Key)?.Note(place);
            }
        }

        return accepted;
    }

    /// <summary>Takes note of a final response that is no challenge: it may hold the server's proof and its next nonce.</summary>
    /// <param name="response">The response.</param>
    /// <param name="request">The request it answers.</param>
    /// <returns>False where <see cref="RequiresServerProof"/> is set and the response is not to be believed.</returns>
    public bool Confirm(SipResponse response, SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(request);
        var asked = false;
        var proved = false;
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                if (AuthenticationHeaders.CredentialsOf(request, entry.Header, entry.Realm) is { } sent)
                {
                    // A proxy says nothing of itself in SIP's own RFCs; where it does, it is in a field beside (RFC 7615).
                    var isServer = entry.Header == HeaderId.Authorization;
                    var info = response.Headers.Get(isServer ? "Authentication-Info" : "Proxy-Authentication-Info");
                    var proof = entry.Session.Confirm(response, sent, info);
                    asked |= isServer;
                    proved |= isServer && proof == ServerProof.Valid;
                }
            }
        }

        return !RequiresServerProof || !response.IsSuccess || !asked || proved;
    }

    private bool Accept(
        HeaderId header, string realm, IReadOnlyList<AuthenticationParameters> challenges, AuthenticationParameters? refused)
    {
        var entry = _entries.Find(e => e.Header == header && e.Realm == realm);
        if (entry is not null && Of(challenges, entry.Session.Scheme) is { Count: > 0 } same)
        {
            if (entry.Session.Accept(same, refused))
            {
                return true;
            }

            _entries.Remove(entry);
            return false;
        }

        // Without a session, credentials that were refused are those of one that has ended: the password is wrong.
        if ((entry is null && refused is not null) || Open(realm, challenges) is not { } session)
        {
            return false;
        }

        if (entry is not null)
        {
            _entries.Remove(entry);
        }

        if (_entries.Count == MaxRealms)
        {
            _entries.RemoveAt(0);
        }

        _entries.Add(new Entry(header, realm, session));
        return true;
    }

    private IAuthenticationSession? Open(string realm, IReadOnlyList<AuthenticationParameters> challenges)
    {
        var credential = _credentials.FirstOrDefault(c => c.Realm == realm) ?? _credentials.FirstOrDefault(c => c.Realm is null);
        if (credential is null)
        {
            return null;
        }

        return _schemes
            .Select(s => Of(challenges, s.Name) is { Count: > 0 } own ? s.Open(own, credential) : null)
            .FirstOrDefault(s => s is not null);
    }

    private static List<AuthenticationParameters> Of(IReadOnlyList<AuthenticationParameters> challenges, string scheme) =>
        challenges.Where(c => c.IsScheme(scheme)).ToList();

    private sealed record Entry(HeaderId Header, string Realm, IAuthenticationSession Session)
    {
        /// <summary>Where it was asked for, in that order.</summary>
        public List<IPEndPoint> Places { get; } = [];

        public void Note(IPEndPoint? place)
        {
            if (place is not null && !Places.Contains(place))
            {
                if (Places.Count == MaxPlaces)
                {
                    Places.RemoveAt(0);
                }

                Places.Add(place);
            }
        }
    }
}
