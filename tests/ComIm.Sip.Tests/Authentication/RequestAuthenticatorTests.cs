using System.Net;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Authentication;

public sealed class RequestAuthenticatorTests
{
    private static readonly SipCredential Alice = new("alice", "wonderland");

    [Theory]
    [InlineData(401, HeaderId.Authorization)]
    [InlineData(407, HeaderId.ProxyAuthorization)]
    public void Accept_FirstChallenge_IsAnsweredFromThenOn(int status, HeaderId header)
    {
        var client = new RequestAuthenticator(Alice);
        Assert.True(client.Accept(Challenge(status, "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", opaque=\"o\\\"\""), NewRequest()));
        var first = Sent(client, header);
        var second = Sent(client, header);
        Assert.Equal(("n", "00000001", "o\""), (first["nonce"], first["nc"], first["opaque"]));
        Assert.Equal("00000002", second["nc"]);
        Assert.NotEqual(first["cnonce"], second["cnonce"]);
    }

    [Theory]
    [InlineData("Digest realm=\"r\", nonce=\"1\", qop=\"auth\"", "MD5", "auth")]
    [InlineData("Digest realm=\"r\", nonce=\"1\"", "MD5", null)]
    [InlineData("Digest realm=\"r\", nonce=\"1\", qop=\"auth-int\"", "MD5", "auth-int")]
    [InlineData("Digest realm=\"r\", nonce=\"1\", qop=\"auth-int, auth\"", "MD5", "auth")]
    [InlineData("Digest realm=\"r\", nonce=\"1\", Digest realm=\"r\", nonce=\"2\", algorithm=SHA-256, qop=\"auth\"", "SHA-256", "auth")]
    [InlineData("Digest realm=\"r\", nonce=\"1\", algorithm=SHA-512-256, qop=\"auth\", Digest realm=\"r\", nonce=\"2\", algorithm=SHA-256, qop=\"auth\"", "SHA-512-256", "auth")]
    [InlineData("Digest realm=\"r\", nonce=\"1\", algorithm=md5-sess, qop=\"auth\", Digest realm=\"r\", nonce=\"2\", algorithm=MD5, qop=\"auth\"", "MD5", "auth")]
    [InlineData("Digest realm=\"r\", nonce=\"1\", algorithm=sha-256-sess, qop=\"auth\"", "SHA-256-sess", "auth")]
    [InlineData("NTLM realm=\"r\", Digest realm=\"r\", nonce=\"1\", qop=\"auth\", Basic realm=\"r\"", "MD5", "auth")]
    public void Accept_WhatIsOffered_ChoosesTheStrongest(string challenge, string algorithm, string? qop)
    {
        var client = new RequestAuthenticator(Alice);
        Assert.True(client.Accept(Challenge(401, challenge), NewRequest()));
        var sent = Sent(client);
        Assert.Equal((algorithm, qop), (sent["algorithm"], sent["qop"]));
        Assert.Equal(qop is null, sent["nc"] is null && sent["cnonce"] is null);
    }

    [Theory]
    [InlineData("Basic realm=\"r\"")]
    [InlineData("Digest realm=\"r\"")]
    [InlineData("Digest nonce=\"n\"")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", algorithm=WHIRLPOOL")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf\"")]
    [InlineData("nonsense \"")]
    public void Accept_WhatCannotBeAnswered_IsNotSentAgain(string challenge) =>
        Assert.False(new RequestAuthenticator(Alice).Accept(Challenge(401, challenge), NewRequest()));

    [Fact]
    public void Accept_WithoutCredential_IsNotSentAgain() =>
        Assert.False(new RequestAuthenticator(credential: null).Accept(Challenge(401, "Digest realm=\"r\", nonce=\"n\""), NewRequest()));

    [Fact]
    public void Accept_BelowTheWeakestAllowed_IsNotAnswered()
    {
        var client = new RequestAuthenticator([new DigestScheme { Weakest = DigestAlgorithm.Sha256 }], [Alice]);
        Assert.False(client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"n\", qop=\"auth\""), NewRequest()));
        Assert.True(client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\""), NewRequest()));
    }

    [Fact]
    public void Accept_IntegrityPreferred_ChoosesAuthInt()
    {
        var client = new RequestAuthenticator([new DigestScheme { PrefersIntegrity = true }], [Alice]);
        Assert.True(client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"n\", qop=\"auth,auth-int\""), NewRequest()));
        Assert.Equal("auth-int", Sent(client)["qop"]);
    }

    [Fact]
    public void Accept_SeveralRealms_EachHasItsCredential()
    {
        var client = new RequestAuthenticator(
            [new DigestScheme()], [new SipCredential("any", "1"), new SipCredential("al", "2", "a"), new SipCredential("be", "3", "b")]);
        var request = NewRequest();
        Assert.True(client.Accept(Challenge(407, "Digest realm=\"a\", nonce=\"1\", Digest realm=\"b\", nonce=\"2\"", "Digest realm=\"c\", nonce=\"3\""), request));
        Assert.True(client.Accept(Challenge(401, "Digest realm=\"a\", nonce=\"4\""), request));
        client.Authorize(request);
        Assert.Equal(["al", "be", "any"], new[] { "a", "b", "c" }.Select(r => AuthenticationHeaders.CredentialsOf(request, HeaderId.ProxyAuthorization, r)!["username"]));
        Assert.Equal("4", AuthenticationHeaders.CredentialsOf(request, HeaderId.Authorization, "a")!["nonce"]);
    }

    [Fact]
    public void Accept_CredentialOfAnotherRealm_IsNotGiven()
    {
        var client = new RequestAuthenticator(new SipCredential("alice", "wonderland", "example.com"));
        Assert.False(client.Accept(Challenge(401, "Digest realm=\"evil.example.com\", nonce=\"n\""), NewRequest()));
    }

    [Theory]
    [InlineData("Digest realm=\"r\", nonce=\"2\", qop=\"auth\"", false)]
    [InlineData("Digest realm=\"r\", nonce=\"2\", qop=\"auth\", stale=TRUE", true)]
    [InlineData("Digest realm=\"r\", nonce=\"1\", qop=\"auth\", stale=true", false)]
    public void Accept_SecondRefusal_IsFinalUnlessStale(string second, bool again)
    {
        var client = new RequestAuthenticator(Alice);
        client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"1\", qop=\"auth\""), NewRequest());
        var request = NewRequest();
        client.Authorize(request);
        Assert.Equal(again, client.Accept(Challenge(401, second), request));
        var next = NewRequest();
        client.Authorize(next);
        Assert.Equal(again, next.Headers.Contains(HeaderId.Authorization));
    }

    [Fact]
    public void Accept_NonceThatWasGoodOnce_IsAskedForAgainEvenWithoutStale()
    {
        var client = new RequestAuthenticator(Alice);
        client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"1\""), NewRequest());
        var request = NewRequest();
        client.Authorize(request);
        Assert.True(client.Confirm(new SipResponse(200), request));
        client.Authorize(request);
        Assert.True(client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"2\""), request));
        client.Authorize(request);
        Assert.False(client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"3\""), request));
    }

    [Fact]
    public void Authorize_PlaceThatHasNotAsked_GetsNothing()
    {
        var (server, peer) = (new IPEndPoint(IPAddress.Loopback, 5060), new IPEndPoint(IPAddress.Loopback, 5062));
        var client = new RequestAuthenticator(Alice);
        Assert.True(client.Accept(Challenge(407, "Digest realm=\"r\", nonce=\"1\""), NewRequest(), server));
        Assert.True(IsAuthorized(server));
        Assert.False(IsAuthorized(peer));

        // Another proxy of the domain, on the way inside a dialog, asks for itself.
        Assert.True(client.Accept(Challenge(407, "Digest realm=\"r\", nonce=\"2\""), NewRequest(), peer));
        Assert.True(IsAuthorized(peer));
        Assert.True(IsAuthorized(server));

        bool IsAuthorized(IPEndPoint place)
        {
            var request = NewRequest();
            client.Authorize(request, place);
            return request.Headers.Contains(HeaderId.ProxyAuthorization);
        }
    }

    [Fact]
    public void Accept_RealmsWithoutEnd_AreForgotten()
    {
        var client = new RequestAuthenticator(Alice);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(client.Accept(Challenge(401, $"Digest realm=\"{i}\", nonce=\"n\""), NewRequest()));
        }

        var request = NewRequest();
        client.Authorize(request);
        Assert.Equal(8, request.Headers.CountOf(HeaderId.Authorization));
        Assert.NotNull(AuthenticationHeaders.CredentialsOf(request, HeaderId.Authorization, "99"));
    }

    [Fact]
    public void Authorize_SessionAlgorithm_KeepsTheKeyOfTheFirstRequest()
    {
        var client = new RequestAuthenticator(Alice);
        client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"n\", algorithm=MD5-sess, qop=\"auth\""), NewRequest());
        Sent(client);
        var sent = Sent(client);
        var a1 = DigestHash.SessionA1(DigestAlgorithm.Md5Session, DigestHash.A1(DigestAlgorithm.Md5Session, "alice", "r", "wonderland"), "n", sent["cnonce"]!);
        var input = new DigestInput("REGISTER", "sip:example.com", "n", "auth", "00000002", sent["cnonce"]);
        Assert.Equal(DigestHash.Response(DigestAlgorithm.Md5Session, a1, input), sent["response"]);
    }

    [Theory]
    [InlineData(DigestQop.Auth, "welcome")]
    [InlineData(DigestQop.AuthInt, "welcome")]
    [InlineData(DigestQop.AuthInt, "")]
    public void Confirm_ProofOfOurServer_IsBelievedAndNextNonceUsed(string qop, string body)
    {
        var time = new ManualTime();
        var verifier = new DigestVerifier("r", time, new DigestVerifierOptions { Qops = [qop] });
        var client = new RequestAuthenticator(Alice) { RequiresServerProof = true };
        var request = NewRequest();
        var challenge = new SipResponse(401);
        verifier.Challenge(challenge, stale: false);
        client.Accept(challenge, request);
        client.Authorize(request);
        var nonce = AuthenticationHeaders.CredentialsOf(request, HeaderId.Authorization, "r")!["nonce"];
        time.Now += TimeSpan.FromMinutes(4);
        var answer = new SipResponse(200);
        answer.SetBody("text/plain", System.Text.Encoding.UTF8.GetBytes(body));
        verifier.Confirm(answer, request, _ => "wonderland");
        Assert.True(client.Confirm(answer, request));
        var next = NewRequest();
        client.Authorize(next);
        var sent = AuthenticationHeaders.CredentialsOf(next, HeaderId.Authorization, "r")!;
        Assert.NotEqual(nonce, sent["nonce"]);
        Assert.Equal("00000001", sent["nc"]);
        time.Now += TimeSpan.FromMinutes(4);
        Assert.Equal(DigestVerdict.Valid, verifier.Verify(next, HeaderId.Authorization, _ => "wonderland", out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nextnonce=\"x\"")]
    [InlineData("qop=auth, rspauth=\"00000000000000000000000000000000\", nextnonce=\"x\"")]
    [InlineData("qop=auth, rspauth=\"\"")]
    [InlineData("rspauth")]
    public void Confirm_ResponseWithoutProof_CountsOnlyWhereNoneIsRequired(string? info)
    {
        foreach (var required in new[] { false, true })
        {
            var client = new RequestAuthenticator(Alice) { RequiresServerProof = required };
            var request = NewRequest();
            client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"n\", qop=\"auth\""), request);
            client.Authorize(request);
            var answer = new SipResponse(200);
            if (info is not null)
            {
                answer.Headers.Add(HeaderId.AuthenticationInfo, info);
            }

            Assert.Equal(!required, client.Confirm(answer, request));
            Assert.True(client.Confirm(new SipResponse(404), request));
            Assert.Equal(info == "nextnonce=\"x\"" ? "x" : "n", Sent(client)["nonce"]);
        }
    }

    [Fact]
    public void Schemes_BesideDigest_NeedNoChangeHere()
    {
        var client = new RequestAuthenticator([new TwoStepScheme(), new DigestScheme()], [Alice]);
        var request = NewRequest();
        Assert.True(client.Accept(Challenge(401, "Digest realm=\"r\", nonce=\"n\", TwoStep realm=\"r\", step=0"), request));
        client.Authorize(request);
        Assert.Equal("TwoStep realm=\"r\", step=1", request.Headers.Get(HeaderId.Authorization));
        Assert.True(client.Accept(Challenge(401, "TwoStep realm=\"r\", step=1"), request));
        client.Authorize(request);
        Assert.Equal("TwoStep realm=\"r\", step=2", request.Headers.Get(HeaderId.Authorization));
        Assert.False(client.Accept(Challenge(401, "TwoStep realm=\"r\", step=0"), request));
    }

    private static SipResponse Challenge(int status, params string[] challenges)
    {
        var response = new SipResponse(status);
        foreach (var challenge in challenges)
        {
            response.Headers.Add(status == 401 ? HeaderId.WwwAuthenticate : HeaderId.ProxyAuthenticate, challenge);
        }

        return response;
    }

    private static SipRequest NewRequest() => new(SipMethods.Register, SipUri.Parse("sip:example.com"));

    private static AuthenticationParameters Sent(RequestAuthenticator client, HeaderId header = HeaderId.Authorization)
    {
        var request = NewRequest();
        client.Authorize(request);
        Assert.True(AuthenticationParameters.TryParse(request.Headers.Get(header), out var sent));
        return sent;
    }

    /// <summary>A handshake of two steps, as NTLM's is.</summary>
    private sealed class TwoStepScheme : IAuthenticationScheme
    {
        public string Name => "TwoStep";

        public IAuthenticationSession? Open(IReadOnlyList<AuthenticationParameters> challenges, SipCredential credential) => new Session();

        private sealed class Session : IAuthenticationSession
        {
            private int _step = 1;

            public string Scheme => "TwoStep";

            public string Authorize(SipRequest request) => $"TwoStep realm=\"r\", step={_step}";

            public bool Accept(IReadOnlyList<AuthenticationParameters> challenges, AuthenticationParameters? refused)
            {
                _step++;
                return challenges[0]["step"] == "1";
            }

            public ServerProof Confirm(SipResponse response, AuthenticationParameters sent, string? info) => ServerProof.None;
        }
    }
}
