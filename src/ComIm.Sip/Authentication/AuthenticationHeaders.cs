using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>Finds challenges and credentials in messages. A field that cannot be read is passed over.</summary>
internal static class AuthenticationHeaders
{
    /// <summary>The challenges of a 401 or 407, across fields and within them, in their order.</summary>
    public static List<AuthenticationParameters> ChallengesOf(SipResponse response)
    {
        var challenges = new List<AuthenticationParameters>();
        foreach (var value in ValuesOf(response, response.StatusCode == 401 ? HeaderId.WwwAuthenticate : HeaderId.ProxyAuthenticate))
        {
            if (AuthenticationParameters.TryParseList(value, out var parsed))
            {
                challenges.AddRange(parsed);
            }
        }

        return challenges;
    }

    /// <summary>The credentials for a realm, or null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="header">Authorization or Proxy-Authorization.</param>
    /// <param name="realm">The realm, compared by its characters (RFC 7616 section 3.3).</param>
    public static AuthenticationParameters? CredentialsOf(SipRequest request, HeaderId header, string realm) => ValuesOf(request, header)
        .Select(v => AuthenticationParameters.TryParse(v, out var p) ? p : null)
        .FirstOrDefault(p => string.Equals(p?.Realm, realm, StringComparison.Ordinal));

    private static IEnumerable<string> ValuesOf(SipMessage message, HeaderId id) =>
        message.Headers.Contains(id) ? message.Headers.Where(h => h.Id == id).Select(h => h.Value) : [];
}
