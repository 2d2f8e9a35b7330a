using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>One realm's nonce, its count and what follows from the password (RFC 7616 section 3.4).</summary>
internal sealed class DigestSession : IAuthenticationSession
{
    private readonly DigestScheme _scheme;
    private readonly SipCredential _credential;
    private DigestChallenge _challenge;
    private string? _qop;
    private string _nonce;
    private uint _count;
    private string _a1;

    // A session algorithm mixes the first client nonce into its key, so it is kept; the others take a new one each time.
    private string? _sessionClientNonce;

    // True once a request with the challenge's nonce, or one that followed from it, was not refused.
    private bool _hasSucceeded;

    public DigestSession(DigestScheme scheme, SipCredential credential, DigestChallenge challenge)
    {
        _scheme = scheme;
        _credential = credential;
        (_challenge, _nonce, _a1) = (challenge, challenge.Nonce, string.Empty);
        Adopt(challenge);
    }

    public string Scheme => DigestScheme.SchemeName;

    public string Authorize(SipRequest request)
    {
        var algorithm = _challenge.Algorithm;
        var count = (++_count).ToString("x8", CultureInfo.InvariantCulture);
        var clientNonce = _sessionClientNonce ?? NewClientNonce();
        var input = new DigestInput(request.Method, request.RequestUriText, _nonce, _qop, count, clientNonce, request.Body);
        var text = new StringBuilder(DigestScheme.SchemeName).Append(" username=").Append(QuotedString.Quote(UserName()))
            .Append(", realm=").Append(QuotedString.Quote(_challenge.Realm))
            .Append(", nonce=").Append(QuotedString.Quote(_nonce))
            .Append(", uri=").Append(QuotedString.Quote(request.RequestUriText))
            .Append(", response=\"").Append(DigestHash.Response(algorithm, _a1, input))
            .Append("\", algorithm=").Append(DigestAlgorithms.NameOf(algorithm));
        if (_qop is not null)
        {
            text.Append(", qop=").Append(_qop).Append(", nc=").Append(count).Append(", cnonce=\"").Append(clientNonce).Append('"');
        }

        if (_challenge.Opaque is not null)
        {
            text.Append(", opaque=").Append(QuotedString.Quote(_challenge.Opaque));
        }

        return _challenge.WantsUserHash ? text.Append(", userhash=true").ToString() : text.ToString();
    }

    public bool Accept(IReadOnlyList<AuthenticationParameters> challenges, AuthenticationParameters? refused)
    {
        if (_scheme.Choose(challenges) is not { } challenge || (refused is not null && IsFinal(challenge, refused)))
        {
            return false;
        }

        Adopt(challenge);
        return true;
    }

    public ServerProof Confirm(SipResponse response, AuthenticationParameters sent, string? info)
    {
        _hasSucceeded |= response.IsSuccess && sent["nonce"] == _nonce;
        if (!AuthenticationParameters.TryParseInfo(info, out var said))
        {
            return ServerProof.None;
        }

        var proof = CheckProof(response, sent, said);
        if (proof != ServerProof.Invalid && said["nextnonce"] is { Length: > 0 } next && sent["nonce"] == _nonce && next != _nonce)
        {
            // The key of a session algorithm stays (RFC 7616 section 3.4.2).
            (_nonce, _count) = (next, 0);
        }

        return proof;
    }

    private static string NewClientNonce() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    private void Adopt(DigestChallenge challenge)
    {
        (_challenge, _nonce, _count, _hasSucceeded) = (challenge, challenge.Nonce, 0, false);
        _qop = _scheme.ChooseQop(challenge);
        _a1 = DigestHash.A1(challenge.Algorithm, _credential.UserName, challenge.Realm, _credential.Password);
        _sessionClientNonce = DigestAlgorithms.IsSession(challenge.Algorithm) ? NewClientNonce() : null;
        if (_sessionClientNonce is not null)
        {
            _a1 = DigestHash.SessionA1(challenge.Algorithm, _a1, challenge.Nonce, _sessionClientNonce);
        }
    }

    private string UserName() => _challenge.WantsUserHash
        ? DigestHash.UserHash(_challenge.Algorithm, _credential.UserName, _challenge.Realm)
        : _credential.UserName;

    /// <summary>
    /// Whether a refusal means that the password is wrong. It does not where the server says stale, where the nonce had
    /// been good before (not every server says stale after a restart), or where another request has got a newer one.
    /// </summary>
    private bool IsFinal(DigestChallenge challenge, AuthenticationParameters refused)
    {
        var nonce = refused["nonce"];
        if (nonce == challenge.Nonce)
        {
            return true;
        }

        return !challenge.IsStale && nonce == _nonce && !_hasSucceeded && refused["nc"] is null or "00000001";
    }

    // RFC 7616 section 3.5: the same arithmetic with an empty method, and with the body of the response.
    private ServerProof CheckProof(SipResponse response, AuthenticationParameters sent, AuthenticationParameters info)
    {
        if (info["rspauth"] is not { } proof || (_sessionClientNonce is not null && sent["cnonce"] != _sessionClientNonce))
        {
            return ServerProof.None;
        }

        // The count and the client nonce are those of our request; where the server repeats them, they have to be.
        if ((info["cnonce"] is { } clientNonce && clientNonce != sent["cnonce"]) || (info["nc"] is { } count && count != sent["nc"]))
        {
            return ServerProof.Invalid;
        }

        var input = new DigestInput(
            string.Empty, sent["uri"]!, sent["nonce"]!, info["qop"] ?? sent["qop"], sent["nc"], sent["cnonce"], response.Body);
        return DigestHash.AreEqual(DigestHash.Response(_challenge.Algorithm, _a1, input), proof) ? ServerProof.Valid : ServerProof.Invalid;
    }
}
