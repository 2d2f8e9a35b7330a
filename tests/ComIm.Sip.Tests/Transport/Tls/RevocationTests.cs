using System.Security.Cryptography.X509Certificates;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Tls;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport.Tls;

/// <summary>What <see cref="TlsOptions.Revocation"/> decides, with a list of those revoked that is fetched from loopback.</summary>
public sealed class RevocationTests : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly RevocationListServer _lists = new();

    [Theory]
    [InlineData(X509RevocationMode.NoCheck, true, null)]
    [InlineData(X509RevocationMode.Online, false, null)]
    [InlineData(X509RevocationMode.Online, true, "its certificate has been revoked")]
    public async Task Server_WithACertificateOnTheList_IsRefusedWhereItIsLookedUp(X509RevocationMode mode, bool isRevoked, string? fault)
    {
        var certificate = _authority.IssueWithList(_lists.Address, "example.com");
        _lists.List = isRevoked ? _authority.ListOf(certificate) : _authority.ListOf();
        Assert.Equal(fault, await FaultAsync(certificate, mode));
    }

    [Theory]
    [InlineData(X509RevocationMode.Online)]
    [InlineData(X509RevocationMode.Offline)]
    public async Task Server_OfWhichItCannotBeFoundOut_IsRefused(X509RevocationMode mode) =>
        Assert.Equal("it cannot be found out whether its certificate has been revoked", await FaultAsync(_authority.Issue("example.com"), mode));

    public async ValueTask DisposeAsync()
    {
        await _lists.DisposeAsync();
        _authority.Dispose();
    }

    /// <summary>Why a server is not to be trusted; null where it is.</summary>
    private async Task<string?> FaultAsync(X509Certificate2 certificate, X509RevocationMode mode)
    {
        await using var server = new TlsTransport(Loopback.Any(false), new TlsOptions { Certificate = certificate });
        await using var client = new TlsTransport(Loopback.Any(false), new TlsOptions { TrustedRoots = _authority.Roots, Revocation = mode });
        server.Start(new RecordingReceiver());
        client.Start(new RecordingReceiver());
        try
        {
            await client.SendAsync(new SipTarget(SipTransportKind.Tls, server.LocalEndPoint) { HostName = "example.com" }, TestMessages.Bytes("one"));
            return null;
        }
        catch (SipTransportException e) when (e.Fault == SipTransportFault.CertificateRefused)
        {
            return e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..^1];
        }
    }
}
