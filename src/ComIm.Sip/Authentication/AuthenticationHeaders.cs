using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>Finds challenges and credentials in messages. A field that cannot be read is passed over.</summary>
internal static class AuthenticationHeaders
{
    /// <summary>The challenges of a 401 or 407, across fields and within them, in their order.</summary>
    public static List<AuthenticationParameters> ChallengesOf(SipResponse response)
    {
        var challenges = new List<AuthenticationParameters>();
        var header = response.StatusCode == 401 ? HeaderId.WwwAuthenticate : HeaderId.ProxyAuthenticate;
        for (var i = 0; i < response.Headers.Count; i++)
        {
            if (response.Headers.IdAt(i) == header && AuthenticationParameters.TryParseList(response.Headers[i].Value, out var parsed))
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
    public static AuthenticationParameters? CredentialsOf(SipRequest request, HeaderId header, string realm)
    {
        for (var i = 0; i < request.Headers.Count; i++)
        {
            if (request.Headers.IdAt(i) == header && AuthenticationParameters.TryParse(request.Headers[i].Value, out var credentials)
                && string.Equals(credentials.Realm, realm, StringComparison.Ordinal))
            {
                return credentials;
            }
        }

        return null;
    }
}
