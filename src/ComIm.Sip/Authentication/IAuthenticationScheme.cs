namespace ComIm.Sip.Authentication;

/// <summary>
/// One way to prove a password to a server: Digest, and what comes beside it. A scheme is one class; it is stateless, and
/// what goes on with one realm of a server is its session.
/// </summary>
public interface IAuthenticationScheme
{
    /// <summary>The scheme's name in challenges, compared in any case.</summary>
    string Name { get; }

    /// <summary>Begins a session with a realm.</summary>
    /// <param name="challenges">The challenges of this scheme and realm that one response held, in their order; at least one.</param>
    /// <param name="credential">The credential for the realm.</param>
    /// <returns>The session; null where no challenge can be answered.</returns>
    IAuthenticationSession? Open(IReadOnlyList<AuthenticationParameters> challenges, SipCredential credential);
}
