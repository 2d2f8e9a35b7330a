using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ComIm.Server.Conferencing;
using ComIm.Server.Configuration;

namespace ComIm.Server.Tests.Configuration;

public sealed class ServerConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-configuration-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_EverythingNamed_IsTaken()
    {
        WriteCertificate();
        File.WriteAllText(Path.Combine(_folder.FullName, "users.txt"), "# more\nbob:two\n");
        var options = Read("""
            {
              "domain": "example.net", "listen": "0.0.0.0:5070",
              "tls": { "certificate": "server.pem", "key": "server.key", "port": 5071 },
              "users": { "alice": "one" }, "usersFile": "users.txt", "store": "messages.db",
              "watchers": { "alice": { "default": false, "allow": ["bob"] } },
              "conferences": { "factory": "rooms", "rooms": 11, "roomsPerUser": 12, "participants": 13, "messageBytes": 14, "history": 15,
                               "totalHistoryBytes": 5000000000 },
              "limits": { "pending": 1, "pendingPerSource": 2, "pendingPerUser": 3, "registrations": 4, "storedMessages": 5,
                          "storedMessagesPerUser": 6, "storedMessagesPerSender": 8, "storedMessageBytes": 7, "storedMessageDays": 0.5, "healthSeconds": 0 }
            }
            """);
        Assert.Equal(("example.net", "0.0.0.0:5070", 5071), (options.Domain, options.EndPoint.ToString(), options.TlsPort));
        Assert.True(options.Certificate!.HasPrivateKey);
        Assert.Equal(("one", "two"), (options.Users.FindPassword("alice"), options.Users.FindPassword("bob")));
        Assert.Equal((true, false), (options.Watchers.IsAllowed("alice", "bob"), options.Watchers.IsAllowed("alice", "carol")));
        var limits = options.Limits;
        Assert.Equal((1, 2, 3, 4), (limits.MaxPending, limits.MaxPendingPerSource, limits.MaxPendingPerUser, limits.MaxRegistrations));
        Assert.Equal(TimeSpan.Zero, limits.HealthInterval);
        Assert.Equal(
            new ConferenceOptions
            {
                FactoryUser = "rooms", MaxRooms = 11, MaxRoomsPerUser = 12, MaxParticipants = 13, MaxMessageBytes = 14, History = 15,
                MaxTotalHistoryBytes = 5_000_000_000,
            },
            options.Conferences);
        var store = options.Store!;
        Assert.Equal(Path.Combine(_folder.FullName, "messages.db"), store.Path);
        Assert.Equal(
            (5, 6, 8, 7, TimeSpan.FromHours(12)), (store.MaxTotal, store.MaxPerUser, store.MaxPerSender, store.MaxBytes, store.Lifetime));
    }

    [Fact]
    public void Read_OnlyUsers_KeepsTheDefaults()
    {
        var options = Read("""{ "users": { "alice": "one" } }""");
        Assert.Equal(("example.com", "127.0.0.1:5060"), (options.Domain, options.EndPoint.ToString()));
        Assert.Null(options.Store);
        Assert.Null(options.Certificate);
        Assert.True(options.RequiresAuthentication);
        Assert.Equal(new ConferenceOptions(), options.Conferences);
        Assert.True(options.Watchers.IsAllowed("alice", "bob"));
    }

    [Fact]
    public void Read_AFactoryThatIsAUser_SaysSo()
    {
        var failure = Assert.Throws<FormatException>(() => Read("""{ "users": { "alice": "one" }, "conferences": { "factory": "alice" } }"""));
        Assert.StartsWith("$.conferences.factory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ACertificateThatIsNone_SaysSo()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "server.pem"), "nothing");
        var failure = Assert.Throws<FormatException>(() => Read("""{ "users": { "alice": "one" }, "tls": { "certificate": "server.pem" } }"""));
        Assert.StartsWith("$.tls", failure.Message, StringComparison.Ordinal);
    }

    private ImServerOptions Read(string text)
    {
        var file = Path.Combine(_folder.FullName, "server.json");
        File.WriteAllText(file, text);
        return ServerConfiguration.Read(file);
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=example.net", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(Path.Combine(_folder.FullName, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
