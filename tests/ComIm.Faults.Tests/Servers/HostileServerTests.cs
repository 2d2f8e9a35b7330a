using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.TestKit;

namespace ComIm.Faults.Tests.Servers;

/// <summary>Servers that are none: whoever signs in is told why not and what to do, soon, and at no great cost.</summary>
public sealed class HostileServerTests
{
    // 32 s without an answer (RFC 3261 timer F) pass in 1.6 s.
    private const int Speed = 20;

    private const long MostMemory = 48 * 1024 * 1024;

    // What the system holds on the way, on both sides of a connection.
    private const long MostTaken = 24 * 1024 * 1024;

    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    public static TheoryData<HostileStream, bool> Kinds
    {
        get
        {
            var data = new TheoryData<HostileStream, bool>();
            foreach (var kind in Enum.GetValues<HostileStream>())
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SignIn_AtSomethingThatIsNoServer_SaysSoAndWhatToDo(HostileStream kind, bool isTls)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        await using var server = new HostileServer(kind, isTls ? certificate : null);
        await using var client = new ImClient(new ImClientOptions { TimeProvider = new FastTimeProvider(Speed) });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var settings = new ImAccountSettings
        {
            Address = "sip:alice@example.com", Password = "secret-alice", Server = server.EndPoint.ToString(),
            Transport = isTls ? ImTransport.Tls : ImTransport.Tcp, TrustedRoots = authority.Roots,
        };

        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(settings).WaitAsync(Guard));

        AssertCause(error, server.EndPoint.ToString());
        Assert.Empty(client.Accounts);
        Assert.True(server.Connections > 0);
        Assert.InRange(server.Sent, 0, MostTaken);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < MostMemory, "memory was filled");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task SignIn_AmongDatagramsThatMakeNoSense_SaysThatNobodyAnswers(int seed)
    {
        await using var server = new HostileDatagrams(seed);
        await using var client = new ImClient(new ImClientOptions { TimeProvider = new FastTimeProvider(Speed) });
        var settings = new ImAccountSettings
        {
            Address = "sip:alice@example.com", Password = "secret-alice", Server = server.EndPoint.ToString(), Transport = ImTransport.Udp,
        };

        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(settings).WaitAsync(Guard));

        AssertCause(error, server.EndPoint.ToString());
        Assert.True(server.Sent > 0);
        Assert.Empty(client.Accounts);
    }

    [Fact]
    public async Task SignIn_GivenUp_EndsAtOnce()
    {
        await using var server = new HostileServer(HostileStream.Silent);
        await using var client = new ImClient();
        using var giveUp = new CancellationTokenSource();
        var signingIn = client.SignInAsync(
            new ImAccountSettings { Address = "sip:alice@example.com", Password = "secret-alice", Server = server.EndPoint.ToString(), Transport = ImTransport.Tcp },
            giveUp.Token);
        Assert.False(signingIn.IsCompleted);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signingIn.WaitAsync(Guard));
        Assert.Empty(client.Accounts);
    }

    [Theory]
    [InlineData("expired", "expired on ")]
    [InlineData("early", "is valid only from ")]
    [InlineData("name", "is not for 127.0.0.1, but for sip.example.com")]
    [InlineData("self-signed", "which is not trusted here")]
    [InlineData("root", "which is not trusted here")]
    [InlineData("client", "is not made for this use")]
    public async Task SignIn_WhereTheCertificateIsBad_SaysWhatIsWrongWithIt(string fault, string finding)
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority("Another Root");
        using var certificate = fault switch
        {
            "expired" => authority.Issue(TimeSpan.FromDays(-30), TimeSpan.FromDays(-1), "127.0.0.1"),
            "early" => authority.Issue(TimeSpan.FromDays(1), TimeSpan.FromDays(30), "127.0.0.1"),
            "name" => authority.Issue("sip.example.com"),
            "client" => authority.IssueForClients("127.0.0.1"),
            "self-signed" => TestAuthority.IssueSelfSigned("127.0.0.1"),
            _ => other.Issue("127.0.0.1"),
        };
        await using var server = await TestServer.StartAsync(certificate: certificate);
        await using var client = new ImClient();

        var error = await Assert.ThrowsAsync<ImException>(
            () => client.SignInAsync(server.SettingsOf("alice", ImTransport.Tls) with { TrustedRoots = authority.Roots }).WaitAsync(Guard));

        Assert.Equal(ImError.ServerNotTrusted, error.Error);
        Assert.Contains(finding, error.Message, StringComparison.Ordinal);
        Assert.Contains("Check the server's name, or trust the authority", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Server.Location.Count);
    }

    private static void AssertCause(ImException error, string server)
    {
        Assert.True(error.Error is ImError.Timeout or ImError.ServerUnreachable, $"{error.Error}: {error.Message}");
        Assert.Contains(server, error.Message, StringComparison.Ordinal);
        Assert.Contains("Check its address and port", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-alice", error.ToString(), StringComparison.Ordinal);
    }
}
