namespace ComIm.Sip.Authentication;

/// <summary>Whether a server has proved that it knows the password (mutual authentication, RFC 7616 section 3.5).</summary>
public enum ServerProof
{
    /// <summary>It gave no proof; most servers do not.</summary>
    None,

    /// <summary>The proof is right.</summary>
    Valid,

    /// <summary>The proof is wrong: the response comes from somebody else, or was changed on its way.</summary>
    Invalid,
}
