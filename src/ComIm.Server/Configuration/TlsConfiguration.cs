namespace ComIm.Server.Configuration;

/// <summary>The part <c>tls</c> of a configuration file.</summary>
public sealed record TlsConfiguration
{
    /// <summary>The certificate, in PEM; it names the domain, or the host that clients ask for.</summary>
    public required string Certificate { get; init; }

    /// <summary>Its private key, in PEM; null where it stands in the same file.</summary>
    public string? Key { get; init; }

    /// <summary>The port; null for the one above that of UDP and TCP.</summary>
    public int? Port { get; init; }
}
