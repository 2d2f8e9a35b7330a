using System.Net;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Client.Tests.Sessions;
using ComIm.Server;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;

namespace ComIm.Client.Tests.Accounts;

/// <summary>Which password goes where, and what becomes of an account whose password is taken no more.</summary>
public sealed class CredentialTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Realms_OfSeveralServers_AreAnsweredWithTheirOwnCredentials()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client, s => s with
        {
            Password = "home",
            Credentials = [new ImCredential("gatekeeper", "abroad", "proxy.example.net")],
        });
        var verifiers = new Dictionary<string, DigestVerifier>
        {
            ["example.com"] = new("example.com", TimeProvider.System), ["proxy.example.net"] = new("proxy.example.net", TimeProvider.System),
        };
        var sending = alice.SendAsync("sip:bob@example.com", "hello");
        foreach (var (realm, user, password) in new[] { ("example.com", "alice", "home"), ("proxy.example.net", "gatekeeper", "abroad") })
        {
            var first = await peer.RequestAsync(SipMethods.Message);
            var challenge = first.CreateResponse(407);
            verifiers[realm].Challenge(challenge, stale: false);
            first.Respond(challenge);
            var second = await peer.RequestAsync(SipMethods.Message);
            Assert.Equal(DigestVerdict.Valid, verifiers[realm].Verify(second.Request, HeaderId.ProxyAuthorization, u => u == user ? password : null, out var name));
            Assert.Equal(user, name);
            second.Respond(realm == "example.com" ? 500 : 200);
            if (realm == "example.com")
            {
                await Assert.ThrowsAsync<MessageDeliveryException>(() => sending.WaitAsync(Guard));
                sending = alice.SendAsync("sip:bob@example.com", "hello again");
            }
        }

        Assert.Equal(MessageStatus.Delivered, (await sending.WaitAsync(Guard)).Status);
    }

    [Fact]
    public void Credentials_Shown_HoldNoPassword()
    {
        var settings = new ImAccountSettings { Address = "alice@example.com", Password = "hidden", Credentials = [new ImCredential("x", "hidden", "y")] };
        Assert.DoesNotContain("hidden", settings + " " + settings.Credentials[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_TakenNoMore_RejectsTheAccountWithItsReason()
    {
        var passwords = new Dictionary<string, string> { ["alice"] = "secret-alice" };
        await using var server = await ImServer.StartAsync(new ImServerOptions
        {
            Domain = "example.com", EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Users = new Users(passwords),
        });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(new ImAccountSettings
        {
            Address = "alice@example.com", Password = "secret-alice", Server = server.LocalEndPoint.ToString(),
        });
        var states = new AccountStates(alice);
        var waiting = alice.ReceiveAsync().GetAsyncEnumerator();
        passwords["alice"] = "changed";
        client.OnNetworkChanged();
        var change = await states.UntilAsync(ImAccountState.Rejected);
        Assert.Equal((ImAccountState.SignedIn, ImError.AuthenticationFailed), (change.OldState, change.Cause!.Error));
        Assert.False(await waiting.MoveNextAsync().AsTask().WaitAsync(Guard));
        await alice.SignOutAsync().WaitAsync(Guard);
        Assert.Equal((ImAccountState.Rejected, ImError.AuthenticationFailed), (alice.State, alice.StateCause!.Error));
        Assert.Empty(client.Accounts);
        var error = await Assert.ThrowsAsync<ImException>(() => alice.SendAsync("bob@example.com", "?"));
        Assert.Equal(ImError.NotSignedIn, error.Error);
    }

    private sealed class Users(Dictionary<string, string> passwords) : IUserStore
    {
        public string? FindPassword(string userName) => passwords.GetValueOrDefault(userName);
    }
}
