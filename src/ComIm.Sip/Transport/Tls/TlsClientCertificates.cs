namespace ComIm.Sip.Transport.Tls;

/// <summary>Whether those who connect are asked to show a certificate, too.</summary>
public enum TlsClientCertificates
{
    /// <summary>They are not asked.</summary>
    NotAsked,

    /// <summary>They are asked; one that is shown must be valid.</summary>
    Optional,

    /// <summary>Without a valid one there is no connection.</summary>
    Required,
}
