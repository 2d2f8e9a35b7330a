using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>
/// What goes on between a client and one realm in one scheme: nonces and counts, or the steps of a handshake. Its owner
/// calls it under a lock; it does not block.
/// </summary>
public interface IAuthenticationSession
{
    /// <summary>The scheme's name.</summary>
    string Scheme { get; }

    /// <summary>Makes the credentials for a request, as Authorization holds them.</summary>
    /// <param name="request">The request, complete but for its credentials: the body must be the one that is sent.</param>
    string Authorize(SipRequest request);

    /// <summary>Takes note of further challenges: of a nonce gone stale, or the next step of a handshake.</summary>
    /// <param name="challenges">The challenges of this scheme and realm in one response; at least one.</param>
    /// <param name="refused">The credentials that the refused request carried for this realm; null for none.</param>
    /// <returns>True where the request is worth sending again; false where the password is wrong.</returns>
    bool Accept(IReadOnlyList<AuthenticationParameters> challenges, AuthenticationParameters? refused);

    /// <summary>Takes note of a final response that is no challenge.</summary>
    /// <param name="response">The response.</param>
    /// <param name="sent">The credentials that its request carried for this realm.</param>
    /// <param name="info">Its Authentication-Info (or Proxy-Authentication-Info, of a proxy's realm), or null.</param>
    /// <returns>Whether the server has proved that it knows the password too.</returns>
    ServerProof Confirm(SipResponse response, AuthenticationParameters sent, string? info);
}
