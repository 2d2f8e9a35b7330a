using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>
/// The server's side of digest authentication (RFC 7616, RFC 8760). A nonce is good for a time, each of its counts is taken
/// once, and a digest is good only for the method and URI (with auth-int: the body) that it was made for. Safe for use by
/// several threads.
/// </summary>
public sealed class DigestVerifier
{
    private readonly DigestVerifierOptions _options;
    private readonly NonceLedger _nonces;

    /// <summary>Makes a verifier.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">What is offered and taken; the defaults where null.</param>
    /// <exception cref="ArgumentException">No algorithm or no qop is offered, or one that the verifier does not have.</exception>
    public DigestVerifier(string realm, TimeProvider time, DigestVerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(realm);
        ArgumentNullException.ThrowIfNull(time);
        _options = options ?? new DigestVerifierOptions();
        Realm = realm;
        if (_options.Algorithms.Count == 0 || _options.Algorithms.Any(DigestAlgorithms.IsSession)
            || _options.Qops.Count == 0 || _options.Qops.Any(q => q is not (DigestQop.Auth or DigestQop.AuthInt)))
        {
            throw new ArgumentException(
                "A verifier offers algorithms that are no session forms, and the qops auth and auth-int.", nameof(options));
        }

        _nonces = new NonceLedger(realm, time, _options.NonceLifetime, _options.MaxNonces);
    }

    /// <summary>The realm.</summary>
    public string Realm { get; }

    /// <summary>Adds a challenge for each algorithm, the preferred one first, each in a field of its own (RFC 8760 section 2.3).</summary>
    /// <param name="response">A 401 or 407.</param>
    /// <param name="stale">True where only the nonce was at fault.</param>
    /// <param name="source">
    /// The address that asked; the nonces are good for requests from there only, so that nobody can prove who he is with a forged source
    /// and have answers and messages sent to somebody else. Null binds them to none.
    /// </param>
    public void Challenge(SipResponse response, bool stale, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(response);
        var header = response.StatusCode == 401 ? HeaderId.WwwAuthenticate : HeaderId.ProxyAuthenticate;
        foreach (var algorithm in _options.Algorithms)
        {
            var text = new StringBuilder(DigestScheme.SchemeName).Append(" realm=").Append(QuotedString.Quote(Realm))
                .Append(", nonce=\"").Append(_nonces.New(source))
                .Append("\", qop=\"").AppendJoin(',', _options.Qops)
                .Append("\", algorithm=").Append(DigestAlgorithms.NameOf(algorithm))
                .Append(stale ? ", stale=true" : string.Empty)
                .Append(_options.FindUserName is null ? string.Empty : ", userhash=true");
            response.Headers.Add(header, text.ToString());
        }
    }

    /// <summary>Checks a request's credentials.</summary>
    /// <param name="request">The request.</param>
    /// <param name="header">Authorization or Proxy-Authorization.</param>
    /// <param name="findPassword">Gives a user's password, or null.</param>
    /// <param name="userName">The user who has proved to be one.</param>
    /// <param name="source">The same as that of the challenge.</param>
    public DigestVerdict Verify(SipRequest request, HeaderId header, Func<string, string?> findPassword, out string? userName, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(findPassword);
        userName = null;
        if (AuthenticationHeaders.CredentialsOf(request, header, Realm) is not { } parameters
            || !parameters.IsScheme(DigestScheme.SchemeName))
        {
            return DigestVerdict.Missing;
        }

        if (DigestCredentials.TryRead(parameters) is not { } credentials || !IsOffered(credentials) || !IsFor(credentials.Uri, request))
        {
            return DigestVerdict.Invalid;
        }

        var name = FindName(credentials);
        if (!IsResponseRight(request, credentials, name, findPassword))
        {
            return DigestVerdict.Invalid;
        }

        // Only now: stale=true may be said to nobody but who knows the password (RFC 7616 section 3.3), and nonces that
        // strangers send take up no memory.
        userName = name;
        return _nonces.Take(credentials.Nonce, credentials.Count, source) ? DigestVerdict.Valid : DigestVerdict.Stale;
    }

    /// <summary>
    /// Adds Authentication-Info to the answer of a request whose credentials were valid: the proof that this server knows
    /// the password too, and a fresh nonce where the client's is getting old (RFC 7616 section 3.5). The answer must be
    /// complete: with auth-int its body takes part.
    /// </summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">The request.</param>
    /// <param name="findPassword">Gives a user's password, or null.</param>
    /// <param name="source">The same as that of the challenge.</param>
    public void Confirm(SipResponse response, SipRequest request, Func<string, string?> findPassword, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(findPassword);
        if (AuthenticationHeaders.CredentialsOf(request, HeaderId.Authorization, Realm) is not { } parameters
            || DigestCredentials.TryRead(parameters) is not { Qop: not null } credentials || !IsOffered(credentials)
            || FindName(credentials) is not { } name || findPassword(name) is not { } password)
        {
            return;
        }

        var a1 = DigestHash.A1(credentials.Algorithm, name, Realm, password);
        var proof = DigestHash.Response(credentials.Algorithm, a1, credentials.InputFor(string.Empty, response.Body));
        var text = new StringBuilder("qop=").Append(credentials.Qop)
            .Append(", rspauth=\"").Append(proof)
            .Append("\", cnonce=").Append(QuotedString.Quote(credentials.ClientNonce!))
            .Append(", nc=").Append(credentials.NonceCount)
            .Append(_nonces.IsAging(credentials.Nonce, source) ? $", nextnonce=\"{_nonces.New(source)}\"" : string.Empty);
        response.Headers.Set(HeaderId.AuthenticationInfo, text.ToString());
    }

    // What was not offered is not taken: a client cannot be led to weaker forms than the server wants (RFC 7616 section 5.8).
    private bool IsOffered(DigestCredentials credentials) =>
        _options.Algorithms.Contains(credentials.Algorithm)
        && (credentials.Qop is null ? _options.AllowsMissingQop : _options.Qops.Contains(credentials.Qop, StringComparer.Ordinal))
        && (!credentials.IsUserHash || _options.FindUserName is not null);

    // The digest must be for this request, or credentials sniffed from one could be sent with another (RFC 7616 section 3.4.6).
    private static bool IsFor(string uri, SipRequest request) =>
        uri == request.RequestUriText
        || (SipUri.TryParse(uri, out var left) && SipUri.TryParse(request.RequestUriText, out var right) && left.Equals(right));

    private string? FindName(DigestCredentials credentials) => credentials.IsUserHash
        ? _options.FindUserName!(credentials.Algorithm, credentials.UserName.ToLowerInvariant())
        : credentials.UserName;

    // An unknown user costs the same time as a wrong password.
    private bool IsResponseRight(SipRequest request, DigestCredentials credentials, string? name, Func<string, string?> findPassword)
    {
        var password = name is null ? null : findPassword(name);
        var a1 = DigestHash.A1(credentials.Algorithm, name ?? "unknown", Realm, password ?? "unknown");
        var expected = DigestHash.Response(credentials.Algorithm, a1, credentials.InputFor(request.Method, request.Body));
        return DigestHash.AreEqual(expected, credentials.Response) && password is not null;
    }
}
