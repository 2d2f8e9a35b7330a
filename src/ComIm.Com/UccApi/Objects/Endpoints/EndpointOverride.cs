using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>What an administrator has set for one application instead of what it sets itself; null leaves it to the application.</summary>
internal sealed record EndpointOverride
{
    /// <summary><c>host</c> or <c>host:port</c>.</summary>
    public string? Server { get; init; }

    /// <summary>The transport to the server.</summary>
    public UCC_TRANSPORT_MODE? Transport { get; init; }

    /// <summary>The allowed authentication modes, a sum of UCC_AUTHENTICATION_MODES.</summary>
    public int? AuthenticationModes { get; init; }

    /// <summary>The user name for every realm.</summary>
    public string? UserName { get; init; }

    /// <summary>The password for every realm.</summary>
    public string? Password { get; init; }

    /// <summary>For logs: everything but the password.</summary>
    public override string ToString() => $"{UserName} at {Server} over {Transport}, authentication {AuthenticationModes}";
}
