using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Authentication;

public sealed class DigestVerifierTests
{
    private const string Realm = "example.com";

    private readonly ManualTime _time = new();

    public static TheoryData<DigestAlgorithm, string> Forms
    {
        get
        {
            var forms = new TheoryData<DigestAlgorithm, string>();
            foreach (var algorithm in new[] { DigestAlgorithm.Md5, DigestAlgorithm.Sha256, DigestAlgorithm.Sha512256 })
            {
                forms.Add(algorithm, DigestQop.Auth);
                forms.Add(algorithm, DigestQop.AuthInt);
            }

            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_AnswerOfOurClient_IsValidOnce(DigestAlgorithm algorithm, string qop)
    {
        var verifier = NewVerifier(new DigestVerifierOptions { Algorithms = [algorithm], Qops = [qop] });
        var request = Answer(verifier, NewRequest("hello"));
        Assert.Equal(DigestVerdict.Valid, Verify(verifier, request));
        Assert.Equal(DigestVerdict.Stale, Verify(verifier, request));
    }

    [Theory]
    [InlineData(DigestQop.Auth, DigestVerdict.Valid)]
    [InlineData(DigestQop.AuthInt, DigestVerdict.Invalid)]
    public void Verify_BodyChangedOnTheWay_IsSeenByAuthIntOnly(string qop, DigestVerdict expected)
    {
        var verifier = NewVerifier(new DigestVerifierOptions { Qops = [qop] });
        var request = Answer(verifier, NewRequest("hello"));
        request.SetBody("text/plain", "other"u8.ToArray());
        Assert.Equal(expected, Verify(verifier, request));
    }

    [Fact]
    public void Verify_NoCredentials_IsMissing() => Assert.Equal(DigestVerdict.Missing, Verify(NewVerifier(), NewRequest()));

    [Theory]
    [InlineData("Basic realm=\"example.com\"")]
    [InlineData("Digest realm=\"elsewhere.example.com\", username=\"alice\"")]
    [InlineData("Digest realm=\"EXAMPLE.COM\", username=\"alice\"")]
    [InlineData("garbage")]
    public void Verify_CredentialsForSomethingElse_AreMissing(string value)
    {
        var request = NewRequest();
        request.Headers.Add(HeaderId.Authorization, value);
        Assert.Equal(DigestVerdict.Missing, Verify(NewVerifier(), request));
    }

    [Theory]
    [InlineData("username=\"alice\"", "username=\"bob\"")]
    [InlineData("username=\"alice\"", "username=\"nobody\"")]
    [InlineData("username=\"alice\"", "user=\"alice\"")]
    [InlineData("username=\"alice\"", "username=\"alice\", username*=UTF-8''bob")]
    [InlineData("username=\"alice\"", "username=\"alice\", userhash=true")]
    [InlineData("uri=\"sip:example.com\"", "uri=\"sip:elsewhere.example.com\"")]
    [InlineData("nc=00000001", "nc=1")]
    [InlineData("nc=00000001", "nc=00000000")]
    [InlineData("nc=00000001", "nc=0000000g")]
    [InlineData("nc=00000001", "nc=00000002")]
    [InlineData("qop=auth", "qop=auth-int")]
    [InlineData("qop=auth", "qop=AUTH")]
    [InlineData(", qop=auth", "")]
    [InlineData("algorithm=SHA-256", "algorithm=MD5")]
    [InlineData("algorithm=SHA-256", "algorithm=SHA-512-256")]
    [InlineData("algorithm=SHA-256", "algorithm=SHA-256-sess")]
    [InlineData("algorithm=SHA-256", "algorithm=\"\"")]
    [InlineData("response=\"", "response=\"0")]
    [InlineData("response=\"", "response=\"\", x=\"")]
    public void Verify_ChangedCredentials_AreInvalid(string from, string to)
    {
        var verifier = NewVerifier();
        var request = Answer(verifier, NewRequest());
        Change(request, from, to);
        Assert.Equal(DigestVerdict.Invalid, Verify(verifier, request));
    }

    [Fact]
    public void Verify_ExtendedUserName_IsRead()
    {
        var verifier = NewVerifier();
        var request = Answer(verifier, NewRequest());
        Change(request, "username=\"alice\"", "username*=UTF-8''al%69ce");
        Assert.Equal(DigestVerdict.Valid, Verify(verifier, request));
    }

    [Fact]
    public void Verify_NonceTooOld_IsStaleForWhoKnowsThePassword()
    {
        var verifier = NewVerifier();
        var right = Answer(verifier, NewRequest());
        var wrong = Answer(verifier, NewRequest(), new SipCredential("alice", "guess"));
        _time.Now += TimeSpan.FromMinutes(6);
        Assert.Equal(DigestVerdict.Stale, Verify(verifier, right));
        Assert.Equal(DigestVerdict.Invalid, Verify(verifier, wrong));
    }

    [Fact]
    public void Verify_NonceOfAnotherProcess_IsStale()
    {
        var request = Answer(NewVerifier(), NewRequest());
        Assert.Equal(DigestVerdict.Stale, Verify(NewVerifier(), request));
    }

    [Fact]
    public void Verify_CountsOutOfOrder_AreTakenOnceEach()
    {
        var verifier = NewVerifier();
        var client = new RequestAuthenticator(new SipCredential("alice", "wonderland"));
        client.Accept(Challenge(verifier), NewRequest());
        var requests = Enumerable.Range(0, 20).Select(_ => NewRequest()).ToList();
        requests.ForEach(client.Authorize);
        requests.Reverse();
        Assert.All(requests, r => Assert.Equal(DigestVerdict.Valid, Verify(verifier, r)));
        Assert.All(requests, r => Assert.Equal(DigestVerdict.Stale, Verify(verifier, r)));
    }

    [Fact]
    public void Verify_MoreNoncesThanRemembered_NeverTakesACountTwice()
    {
        var verifier = NewVerifier(new DigestVerifierOptions { MaxNonces = 4 });
        var requests = new List<SipRequest>();
        for (var i = 0; i < 20; i++)
        {
            var request = Answer(verifier, NewRequest());
            Assert.Equal(DigestVerdict.Valid, Verify(verifier, request));
            requests.Add(request);
            _time.Now += TimeSpan.FromSeconds(1);
        }

        Assert.All(requests, r => Assert.Equal(DigestVerdict.Stale, Verify(verifier, r)));
    }

    [Fact]
    public void Verify_WithoutQop_UsesUpTheNonce()
    {
        var verifier = NewVerifier(new DigestVerifierOptions { AllowsMissingQop = true });
        var nonce = DigestChallenge.AllOf(Challenge(verifier))[0].Nonce;
        var request = NewRequest();
        var a1 = DigestHash.A1(DigestAlgorithm.Md5, "alice", Realm, "wonderland");
        var response = DigestHash.Response(DigestAlgorithm.Md5, a1, new DigestInput("REGISTER", "sip:example.com", nonce));
        request.Headers.Add(HeaderId.Authorization, $"Digest username=\"alice\", realm=\"{Realm}\", nonce=\"{nonce}\", uri=\"sip:example.com\", response=\"{response}\"");
        Assert.Equal(DigestVerdict.Valid, Verify(verifier, request));
        Assert.Equal(DigestVerdict.Stale, Verify(verifier, request));
        Assert.Equal(DigestVerdict.Invalid, Verify(NewVerifier(), request));
    }

    [Fact]
    public void Verify_UserHash_FindsTheUserAndHidesTheName()
    {
        var verifier = NewVerifier(new DigestVerifierOptions
        {
            FindUserName = (a, hash) => new[] { "alice", "bob" }.FirstOrDefault(n => DigestHash.UserHash(a, n, Realm) == hash),
        });
        var request = Answer(verifier, NewRequest());
        Assert.DoesNotContain("alice", request.Headers.Get(HeaderId.Authorization), StringComparison.Ordinal);
        Assert.Equal(DigestVerdict.Valid, verifier.Verify(request, HeaderId.Authorization, FindPassword, out var name));
        Assert.Equal("alice", name);

        var stranger = Answer(verifier, NewRequest(), new SipCredential("carol", "wonderland"));
        Assert.Equal(DigestVerdict.Invalid, Verify(verifier, stranger));
    }

    [Fact]
    public void Verify_MutatedCredentials_AreValidOnlyWhereTheyMeanTheSame()
    {
        var verifier = NewVerifier(new DigestVerifierOptions { AllowsMissingQop = true });
        var good = Answer(verifier, NewRequest()).Headers.Get(HeaderId.Authorization)!;
        Assert.True(AuthenticationParameters.TryParse(good, out var meant));
        var random = new Random(3261);
        for (var i = 0; i < 5_000; i++)
        {
            var text = good.ToCharArray();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                text[random.Next(text.Length)] = (char)random.Next(32, 256);
            }

            var request = NewRequest();
            request.Headers.Add(HeaderId.Authorization, new string(text));
            if (Verify(verifier, request) is DigestVerdict.Valid or DigestVerdict.Stale)
            {
                Assert.True(AuthenticationParameters.TryParse(new string(text), out var said));
                Assert.All(["username", "nonce", "uri", "qop", "nc", "cnonce"], name => Assert.Equal(meant[name], said[name]));
                Assert.Equal(meant["response"], said["response"], ignoreCase: true);
            }
        }
    }

    [Fact]
    public void Challenges_OfOneMoment_HaveNoncesOfTheirOwn()
    {
        var verifier = NewVerifier();
        var nonces = DigestChallenge.AllOf(Challenge(verifier)).Concat(DigestChallenge.AllOf(Challenge(verifier))).Select(c => c.Nonce);
        Assert.Equal(4, nonces.Distinct().Count());
    }

    [Fact]
    public void Options_ThatCannotBeOffered_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => NewVerifier(new DigestVerifierOptions { Algorithms = [DigestAlgorithm.Sha256Session] }));
        Assert.Throws<ArgumentException>(() => NewVerifier(new DigestVerifierOptions { Algorithms = [] }));
        Assert.Throws<ArgumentException>(() => NewVerifier(new DigestVerifierOptions { Qops = ["auth-conf"] }));
    }

    private static string? FindPassword(string user) => user is "alice" ? "wonderland" : user is "bob" ? "builder" : null;

    private static DigestVerdict Verify(DigestVerifier verifier, SipRequest request) =>
        verifier.Verify(request, HeaderId.Authorization, FindPassword, out _);

    private static SipResponse Challenge(DigestVerifier verifier)
    {
        var response = new SipResponse(401);
        verifier.Challenge(response, stale: false);
        return response;
    }

    private static SipRequest Answer(DigestVerifier verifier, SipRequest request, SipCredential? credential = null)
    {
        var client = new RequestAuthenticator(credential ?? new SipCredential("alice", "wonderland"));
        Assert.True(client.Accept(Challenge(verifier), request));
        client.Authorize(request);
        return request;
    }

    private static void Change(SipRequest request, string from, string to)
    {
        var value = request.Headers.Get(HeaderId.Authorization)!;
        Assert.Contains(from, value, StringComparison.Ordinal);
        request.Headers.Set(HeaderId.Authorization, value.Replace(from, to, StringComparison.Ordinal));
    }

    private static SipRequest NewRequest(string? body = null)
    {
        var request = new SipRequest(SipMethods.Register, SipUri.Parse("sip:example.com"));
        if (body is not null)
        {
            request.SetBody("text/plain", System.Text.Encoding.UTF8.GetBytes(body));
        }

        return request;
    }

    private DigestVerifier NewVerifier(DigestVerifierOptions? options = null) => new(Realm, _time, options);
}
