using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server;

/// <summary>Lets a request pass once its sender has proved to be who From (or To, of a REGISTER) says.</summary>
internal sealed class Authenticator(DigestVerifier verifier, IUserStore users, bool isRequired)
{
    /// <summary>Answers the request itself where it does not pass.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="user">The user part it speaks for.</param>
    public bool Passes(ServerTransaction transaction, string user)
    {
        if (!isRequired)
        {
            return true;
        }

        // A registrar is a user agent server and asks with 401; a proxy asks with 407 (RFC 3261 section 22.1).
        var isRegister = transaction.Request.Method == SipMethods.Register;
        var header = isRegister ? HeaderId.Authorization : HeaderId.ProxyAuthorization;
        var source = transaction.Source.Address.ToString();
        var verdict = verifier.Verify(transaction.Request, header, users.FindPassword, out var proved, source);
        if (verdict != DigestVerdict.Valid)
        {
            var challenge = transaction.CreateResponse(isRegister ? 401 : 407);
            verifier.Challenge(challenge, verdict == DigestVerdict.Stale, source);
            transaction.Respond(challenge);
            return false;
        }

        if (proved != user)
        {
            transaction.Respond(403, "Not Your Address");
            return false;
        }

        return true;
    }
}
