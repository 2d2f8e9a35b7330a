using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>
/// The server's side of digest authentication (RFC 7616). Nonces are signed with a key of this process and carry their
/// time, so none has to be stored until it is used; each count of a nonce is taken once.
/// </summary>
public sealed class DigestVerifier
{
    /// <summary>Nonces whose counts are remembered; beyond that the oldest become stale.</summary>
    private const int MaxNonces = 20_000;

    private static readonly DigestAlgorithm[] Offered = [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, uint> _lastCounts = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;

    // Nonces up to this time have been forgotten; since their counts are not known any more, they are stale.
    private long _forgottenUntil;

    /// <summary>Makes a verifier.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="time">The clock.</param>
    /// <param name="nonceLifetime">How long a nonce is good; 5 minutes where null.</param>
    public DigestVerifier(string realm, TimeProvider time, TimeSpan? nonceLifetime = null)
    {
        Realm = realm;
        _time = time;
        _lifetime = nonceLifetime ?? TimeSpan.FromMinutes(5);
    }

    /// <summary>The realm.</summary>
    public string Realm { get; }

    /// <summary>Adds a challenge for each algorithm, strongest first (RFC 8760 section 2.3).</summary>
    /// <param name="response">A 401 or 407.</param>
    /// <param name="stale">True where only the nonce was at fault.</param>
    public void Challenge(SipResponse response, bool stale)
    {
        ArgumentNullException.ThrowIfNull(response);
        var header = response.StatusCode == 401 ? HeaderId.WwwAuthenticate : HeaderId.ProxyAuthenticate;
        foreach (var algorithm in Offered)
        {
            response.Headers.Add(header, $"Digest realm={QuotedString.Quote(Realm)}, nonce=\"{NewNonce()}\", qop=\"auth\", "
                + $"algorithm={DigestHash.NameOf(algorithm)}" + (stale ? ", stale=true" : string.Empty));
        }
    }

    /// <summary>Checks a request's credentials.</summary>
    /// <param name="request">The request.</param>
    /// <param name="header">Authorization or Proxy-Authorization.</param>
    /// <param name="findPassword">Gives a user's password, or null.</param>
    /// <param name="userName">The user who has proved to be one.</param>
    public DigestVerdict Verify(SipRequest request, HeaderId header, Func<string, string?> findPassword, out string? userName)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(findPassword);
        userName = null;
        var credentials = request.Headers.Where(h => h.Id == header)
            .Select(h => AuthenticationParameters.TryParse(h.Value, out var p) ? p : null)
            .FirstOrDefault(p => p?["realm"] == Realm);
        if (credentials is null)
        {
            return DigestVerdict.Missing;
        }

        if (!IsResponseRight(request, credentials, findPassword))
        {
            return DigestVerdict.Invalid;
        }

        userName = credentials["username"];
        return IsNonceGood(credentials) ? DigestVerdict.Valid : DigestVerdict.Stale;
    }

    private static bool IsResponseRight(SipRequest request, AuthenticationParameters p, Func<string, string?> findPassword)
    {
        if (p["username"] is not { } user || p["nonce"] is not { } nonce || p["response"] is not { } response || p["uri"] is not { } uri
            || p["qop"] is not "auth" || p["nc"] is not { } count || p["cnonce"] is not { } clientNonce
            || !IsSameUri(uri, request.RequestUriText) || !DigestHash.TryParse(p["algorithm"], out var algorithm))
        {
            return false;
        }

        // An unknown user costs the same time as a wrong password.
        var password = findPassword(user);
        var userHash = DigestHash.UserHash(algorithm, user, p["realm"]!, password ?? "unknown");
        var expected = DigestHash.Response(algorithm, userHash, new DigestInput(request.Method, uri, nonce, "auth", count, clientNonce));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(response.ToLowerInvariant()))
            && password is not null;
    }

    // The digest must be for this request, or credentials sniffed from one could be sent with another (RFC 7616 section 3.4.6).
    private static bool IsSameUri(string a, string b) =>
        a == b || (SipUri.TryParse(a, out var left) && SipUri.TryParse(b, out var right) && left.Equals(right));

    private bool IsNonceGood(AuthenticationParameters p)
    {
        var nonce = p["nonce"]!;
        if (nonce.Length != 16 + 32 || !long.TryParse(nonce.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(nonce[16..]), Encoding.ASCII.GetBytes(Sign(nonce[..16])))
            || _time.GetUtcNow().UtcTicks - ticks > _lifetime.Ticks
            || ticks <= Interlocked.Read(ref _forgottenUntil)
            || !uint.TryParse(p["nc"], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        Forget();
        while (true)
        {
            var last = _lastCounts.GetOrAdd(nonce, 0u);
            if (count <= last)
            {
                return false;
            }

            if (_lastCounts.TryUpdate(nonce, count, last))
            {
                return true;
            }
        }
    }

    private void Forget()
    {
        if (_lastCounts.Count < MaxNonces)
        {
            return;
        }

        // A nonce begins with its time, so the order of text is the order of age.
        var newest = 0L;
        foreach (var nonce in _lastCounts.Keys.Order(StringComparer.Ordinal).Take(MaxNonces / 2))
        {
            _lastCounts.TryRemove(nonce, out _);
            newest = long.Parse(nonce.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        Interlocked.Exchange(ref _forgottenUntil, newest);
    }

    private string NewNonce()
    {
        var time = _time.GetUtcNow().UtcTicks.ToString("x16", CultureInfo.InvariantCulture);
        return time + Sign(time);
    }

    private string Sign(string time) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(time + Realm)).AsSpan(0, 16));
}
