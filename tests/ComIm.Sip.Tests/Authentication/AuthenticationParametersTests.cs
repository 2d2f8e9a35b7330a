using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Authentication;

public sealed class AuthenticationParametersTests
{
    [Theory]
    [InlineData("Digest realm=\"a\", nonce=\"n\"", "a", "n")]
    [InlineData("  digest  realm = \"a\" ,nonce= n", "a", "n")]
    [InlineData("Digest realm=\"a, b=\\\"c\\\"\",nonce=\"\"", "a, b=\"c\"", "")]
    [InlineData("Digest ,, REALM=\"a\",,nonce=\"n\",", "a", "n")]
    [InlineData("Digest\trealm=\"a\"", "a", null)]
    public void Parse_Good_GivesParameters(string text, string realm, string? nonce)
    {
        Assert.True(AuthenticationParameters.TryParse(text, out var value));
        Assert.True(value.IsScheme("DIGEST"));
        Assert.Equal(realm, value.Realm);
        Assert.Equal(nonce, value["Nonce"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("Digest realm=\"a")]
    [InlineData("Digest realm=\"a\\\"")]
    [InlineData("Digest realm=\"a\" nonce=\"b\"")]
    [InlineData("Digest realm=\"a\"x, nonce=\"b\"")]
    [InlineData("Digest realm=\"a\", realm=\"b\"")]
    [InlineData("Digest realm=\"a\", nonce=")]
    [InlineData("Digest =\"a\"")]
    [InlineData("realm=\"a\"")]
    [InlineData("Dig\"est realm=\"a\"")]
    [InlineData("Digest realm=a b")]
    [InlineData("Digest realm=\"a\", Digest realm=\"b\"")]
    public void Parse_Bad_IsRefused(string? text) => Assert.False(AuthenticationParameters.TryParse(text, out _));

    [Fact]
    public void ParseList_ChallengesInOneField_AreToldApart()
    {
        const string Text = "Negotiate, NTLM realm=\"a\", version=4 ,Digest realm=\"b\", nonce=\"n, Digest x=\\\"\", qop=\"auth,auth-int\", Kerberos YII/+==, Basic realm=\"c\"";
        Assert.True(AuthenticationParameters.TryParseList(Text, out var list));
        Assert.Equal(["Negotiate", "NTLM", "Digest", "Kerberos", "Basic"], list.Select(c => c.Scheme));
        Assert.Equal(["", "a", "b", "", "c"], list.Select(c => c.Realm ?? string.Empty));
        Assert.Equal("4", list[1]["version"]);
        Assert.Equal("n, Digest x=\"", list[2]["nonce"]);
        Assert.Equal("auth,auth-int", list[2]["qop"]);
        Assert.Equal("YII/+==", list[3].Token);
    }

    [Fact]
    public void ParseInfo_WithoutScheme_GivesParameters()
    {
        Assert.True(AuthenticationParameters.TryParseInfo("qop=auth, rspauth=\"ab\", nc=00000001", out var value));
        Assert.Equal("ab", value["rspauth"]);
        Assert.False(AuthenticationParameters.TryParseInfo("rspauth", out _));
    }

    [Fact]
    public void Text_OfCredentials_HidesWhatProvesThePassword()
    {
        Assert.True(AuthenticationParameters.TryParse("Digest realm=\"a\", response=\"secret\"", out var value));
        Assert.DoesNotContain("secret", value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Challenges_InOneFieldAndSeveral_ComeStrongestFirst()
    {
        var response = new SipResponse(401);
        response.Headers.Add(HeaderId.WwwAuthenticate, "Digest realm=\"r\", nonce=\"1\", Digest realm=\"r\", nonce=\"2\", algorithm=SHA-256, qop=\"auth\"");
        response.Headers.Add(HeaderId.WwwAuthenticate, "Digest realm=\"r\", nonce=\"broken");
        response.Headers.Add(HeaderId.WwwAuthenticate, "Digest realm=\"r\", nonce=\"3\", algorithm=SHA-512-256, qop=\"auth\"");
        response.Headers.Add(HeaderId.WwwAuthenticate, "Digest realm=\"r\", nonce=\"4\", algorithm=SHA-256-sess, qop=\"auth\"");
        response.Headers.Add(HeaderId.WwwAuthenticate, "Digest realm=\"r\", nonce=\"5\", algorithm=WHIRLPOOL, qop=\"auth\"");
        response.Headers.Add(HeaderId.WwwAuthenticate, "Digest realm=\"r\", nonce=\"6\", algorithm=MD5-sess");
        response.Headers.Add(HeaderId.WwwAuthenticate, "Digest realm=\"r\", nonce=\"7\", algorithm=SHA-256, qop=\"auth-conf\"");
        response.Headers.Add(HeaderId.ProxyAuthenticate, "Digest realm=\"r\", nonce=\"8\"");
        Assert.Equal(["3", "2", "4", "1"], DigestChallenge.AllOf(response).Select(c => c.Nonce));
    }

    [Fact]
    public void Parse_MutatedChallenges_NeverThrows()
    {
        const string Seed = "Digest realm=\"a\\\"b\", nonce=\"n\", qop=\"auth,auth-int\", NTLM realm=x, Negotiate YII==";
        var random = new Random(7616);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Seed.ToCharArray();
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                text[random.Next(text.Length)] = " ,=\"\\\0aZ;\u00e9"[random.Next(10)];
            }

            var isList = AuthenticationParameters.TryParseList(new string(text, 0, random.Next(text.Length + 1)), out var list);
            Assert.Equal(isList, list.Count > 0);
            Assert.Equal(AuthenticationParameters.TryParseInfo(new string(text), out var info), info is not null);
        }
    }
}
