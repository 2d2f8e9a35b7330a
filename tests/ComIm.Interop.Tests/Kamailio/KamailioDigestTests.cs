using System.Collections.Concurrent;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Kamailio;

/// <summary>Accounts answer Kamailio's digest, 401 and 407, with the algorithm that it asks for.</summary>
public sealed class KamailioDigestTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData("MD5", ImTransport.Udp)]
    [InlineData("MD5", ImTransport.Tcp)]
    [InlineData("MD5", ImTransport.Tls)]
    [InlineData("SHA-256", ImTransport.Udp)]
    [InlineData("SHA-256", ImTransport.Tcp)]
    [InlineData("SHA-256", ImTransport.Tls)]
    public async Task SignInAndMessage_AreProvenWithItsAlgorithm(string algorithm, ImTransport transport)
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1", KamailioServer.Domain);
        await using var server = await KamailioServer.StartAsync(new KamailioOptions { Algorithm = algorithm, Certificate = certificate });
        var proofs = new ConcurrentQueue<string>();
        await using var client = new ImClient(new ImClientOptions
        {
            Trace = entry =>
            {
                foreach (var line in entry.Text.Split('\n').Where(l => entry.Sent && l.Contains("uthorization: Digest", StringComparison.Ordinal)))
                {
                    proofs.Enqueue(line);
                }
            },
        });
        var alice = await client.SignInAsync(SettingsOf("alice")).WaitAsync(Guard);
        var bob = await client.SignInAsync(SettingsOf("bob")).WaitAsync(Guard);
        await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
        Assert.Equal(MessageStatus.Delivered, (await alice.SendAsync(bob.Address, "proven").WaitAsync(Guard)).Status);
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("proven", received.Current.Text);

        Assert.Contains(proofs, p => p.StartsWith("Authorization", StringComparison.Ordinal));
        Assert.Contains(proofs, p => p.StartsWith("Proxy-Authorization", StringComparison.Ordinal));
        Assert.All(proofs, p => Assert.Matches($"algorithm=\"?{algorithm}\\b", p));
        InteropTable.Record(Peer.Kamailio, algorithm == "MD5" ? Capability.DigestMd5 : Capability.DigestSha256);

        ImAccountSettings SettingsOf(string user) => new()
        {
            Address = $"sip:{user}@{KamailioServer.Domain}",
            Password = server.Passwords[user],
            Server = (transport == ImTransport.Tls ? server.TlsEndPoint! : server.EndPoint).ToString(),
            Transport = transport,
            TrustedRoots = authority.Roots,
        };
    }

    [SkippableFact]
    public async Task Certificate_OfAnAuthorityThatIsNotTrusted_IsRefused()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        using var authority = new TestAuthority();
        using var another = new TestAuthority("Another Root");
        using var certificate = authority.Issue("127.0.0.1", KamailioServer.Domain);
        await using var server = await KamailioServer.StartAsync(new KamailioOptions { Certificate = certificate });
        await using var client = new ImClient();
        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(new ImAccountSettings
        {
            Address = "sip:alice@example.com",
            Password = server.Passwords["alice"],
            Server = server.TlsEndPoint!.ToString(),
            Transport = ImTransport.Tls,
            TrustedRoots = another.Roots,
        }).WaitAsync(Guard));
        Assert.Equal(ImError.ServerNotTrusted, error.Error);
        Assert.Contains("certificate", error.Message, StringComparison.OrdinalIgnoreCase);
        InteropTable.Record(Peer.Kamailio, Capability.WrongCertificate, "refused by the client");
    }
}
