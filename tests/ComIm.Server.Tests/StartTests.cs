using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ComIm.TestKit;

namespace ComIm.Server.Tests;

/// <summary>A server that cannot be started leaves nothing behind: whoever mends what was wrong starts it at the same port.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-start-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_CertificateWithoutItsKey_FailsAndLeavesThePort()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=example.com", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var withoutKey = X509CertificateLoader.LoadCertificate(certificate.RawData);
        await AssertLeavesThePortAsync(o => o with { Certificate = withoutKey, TlsPort = 0 });
    }

    [Fact]
    public async Task Start_StoreThatIsNoDatabase_FailsAndLeavesThePort()
    {
        var path = Path.Combine(_folder.FullName, "messages.db");
        await File.WriteAllTextAsync(path, new string('x', 4096));
        var error = await AssertLeavesThePortAsync(o => o with { Store = new() { Path = path } });
        Assert.IsType<IOException>(error);
        File.Move(path, path + ".old");
    }

    private static async Task<Exception> AssertLeavesThePortAsync(Func<ImServerOptions, ImServerOptions> spoil)
    {
        var good = new ImServerOptions { Domain = "example.com", EndPoint = new IPEndPoint(IPAddress.Loopback, FreePort.UdpAndTcp()), Users = new UserList(["alice:secret"]) };
        var error = await Assert.ThrowsAnyAsync<Exception>(() => ImServer.StartAsync(spoil(good)));
        await using var server = await ImServer.StartAsync(good);
        Assert.Equal(good.EndPoint, server.LocalEndPoint);
        return error;
    }
}
