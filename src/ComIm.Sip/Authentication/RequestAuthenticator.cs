using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>
/// Answers a server's challenges with the credentials of one account (RFC 3261 section 22). It remembers nonces, so that
/// later requests carry credentials from the start. Safe for use by several threads.
/// </summary>
public sealed class RequestAuthenticator
{
    private readonly SipCredential? _credential;
    private readonly Lock _gate = new();
    private readonly Dictionary<(HeaderId Header, string Realm), Session> _sessions = [];

    /// <summary>Makes an authenticator.</summary>
    /// <param name="credential">Name and password; null answers no challenge.</param>
    public RequestAuthenticator(SipCredential? credential) => _credential = credential;

    /// <summary>Adds credentials for every realm that has challenged before.</summary>
    /// <param name="request">A request not sent yet.</param>
    public void Authorize(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            request.Headers.Remove(HeaderId.Authorization);
            request.Headers.Remove(HeaderId.ProxyAuthorization);
            foreach (var ((header, _), session) in _sessions)
            {
                request.Headers.Add(header, Credentials(session, request));
            }
        }
    }

    /// <summary>Takes note of a 401 or 407.</summary>
    /// <param name="response">The response.</param>
    /// <param name="request">The request it refused.</param>
    /// <returns>True where the request is worth sending again: a new realm, a new nonce, or one gone stale.</returns>
    public bool Accept(SipResponse response, SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(request);
        if (_credential is null || response.StatusCode is not (401 or 407))
        {
            return false;
        }

        var header = response.StatusCode == 401 ? HeaderId.Authorization : HeaderId.ProxyAuthorization;
        var challenge = DigestChallenge.AllOf(response).FirstOrDefault(c => _credential.Realm is null || c.Realm == _credential.Realm);
        if (challenge is null)
        {
            return false;
        }

        // A second refusal of the same realm means that the password is wrong, unless only the nonce was too old.
        var answered = request.Headers.Any(h => h.Id == header && RealmOf(h.Value) == challenge.Realm && NonceOf(h.Value) is { } nonce
            && (nonce == challenge.Nonce || !challenge.IsStale));
        lock (_gate)
        {
            if (answered)
            {
                _sessions.Remove((header, challenge.Realm));
                return false;
            }

            _sessions[(header, challenge.Realm)] = new Session(challenge);
            return true;
        }
    }

    private static string? RealmOf(string value) => AuthenticationParameters.TryParse(value, out var p) ? p["realm"] : null;

    private static string? NonceOf(string value) => AuthenticationParameters.TryParse(value, out var p) ? p["nonce"] : null;

    private string Credentials(Session session, SipRequest request)
    {
        var challenge = session.Challenge;
        var count = (++session.Count).ToString("x8", CultureInfo.InvariantCulture);
        var clientNonce = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var userHash = DigestHash.UserHash(challenge.Algorithm, _credential!.UserName, challenge.Realm, _credential.Password);
        var input = new DigestInput(
            request.Method, request.RequestUriText, challenge.Nonce, challenge.Qop, count, clientNonce, request.Body);
        var text = new StringBuilder("Digest username=").Append(QuotedString.Quote(_credential.UserName))
            .Append(", realm=").Append(QuotedString.Quote(challenge.Realm))
            .Append(", nonce=").Append(QuotedString.Quote(challenge.Nonce))
            .Append(", uri=").Append(QuotedString.Quote(request.RequestUriText))
            .Append(", response=\"").Append(DigestHash.Response(challenge.Algorithm, userHash, input))
            .Append("\", algorithm=").Append(DigestHash.NameOf(challenge.Algorithm));
        if (challenge.Qop is not null)
        {
            text.Append(", qop=").Append(challenge.Qop).Append(", nc=").Append(count).Append(", cnonce=\"").Append(clientNonce).Append('"');
        }

        if (challenge.Opaque is not null)
        {
            text.Append(", opaque=").Append(QuotedString.Quote(challenge.Opaque));
        }

        return text.ToString();
    }

    private sealed class Session(DigestChallenge challenge)
    {
        public DigestChallenge Challenge { get; } = challenge;

        public uint Count { get; set; }
    }
}
