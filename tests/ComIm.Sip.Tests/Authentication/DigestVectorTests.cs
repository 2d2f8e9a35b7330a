using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Authentication;

public sealed class DigestVectorTests
{
    public static TheoryData<int> Rows => [.. Enumerable.Range(0, DigestVector.All.Count)];

    [Fact]
    public void Table_IsReadWhole() => Assert.True(DigestVector.All.Count >= 40, $"{DigestVector.All.Count} rows");

    [Theory]
    [MemberData(nameof(Rows))]
    public void Response_OfRow_IsAsExpected(int row)
    {
        var vector = DigestVector.All[row];
        Assert.Equal(vector.Response, DigestHash.Response(vector.Algorithm, vector.A1, vector.Input));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void UserHash_OfRow_IsAsExpected(int row)
    {
        var vector = DigestVector.All[row];
        if (vector.UserHash is not null)
        {
            Assert.Equal(vector.UserHash, DigestHash.UserHash(vector.Algorithm, vector.UserName, vector.Realm));
        }
    }

    // The nonce of a row is not the verifier's, so a right digest is stale and a wrong one invalid: the whole way through
    // quoting, header and parser is tested by it. Session algorithms are not offered, and refused.
    [Theory]
    [MemberData(nameof(Rows))]
    public void Verifier_GivenRowAsHeader_KnowsTheDigest(int row)
    {
        var vector = DigestVector.All[row];
        var options = new DigestVerifierOptions
        {
            Algorithms = [DigestAlgorithm.Sha512256, DigestAlgorithm.Sha256, DigestAlgorithm.Md5],
            Qops = [DigestQop.Auth, DigestQop.AuthInt],
            AllowsMissingQop = true,
        };
        var expected = DigestAlgorithms.IsSession(vector.Algorithm) ? DigestVerdict.Invalid : DigestVerdict.Stale;
        Assert.Equal(expected, Verify(vector, vector.Response, options));
        Assert.Equal(DigestVerdict.Invalid, Verify(vector, (vector.Response[0] == '0' ? '1' : '0') + vector.Response[1..], options));
        if (vector.Qop is null)
        {
            Assert.Equal(DigestVerdict.Invalid, Verify(vector, vector.Response, options with { AllowsMissingQop = false }));
        }
    }

    private static DigestVerdict Verify(DigestVector vector, string response, DigestVerifierOptions options)
    {
        var request = new SipRequest(vector.Method, vector.Uri, new HeaderCollection(), vector.Body);
        var value = $"Digest username={QuotedString.Quote(vector.UserName)}, realm={QuotedString.Quote(vector.Realm)}, "
            + $"nonce=\"{vector.Nonce}\", uri=\"{vector.Uri}\", response=\"{response}\", algorithm={DigestAlgorithms.NameOf(vector.Algorithm)}"
            + (vector.Qop is null ? string.Empty : $", qop={vector.Qop}, nc={vector.NonceCount}, cnonce=\"{vector.ClientNonce}\"");

        // As bytes and back, since that is how it comes in.
        request.Headers.Add(HeaderId.Authorization, value);
        request.Headers.Add(HeaderId.Via, "SIP/2.0/UDP host.example.com;branch=z9hG4bK1");
        var parsed = (SipRequest)SipParser.ParseDatagram(request.ToBytes()).Message!;
        return new DigestVerifier(vector.Realm, TimeProvider.System, options).Verify(
            parsed, HeaderId.Authorization, n => n == vector.UserName ? vector.Password : null, out _);
    }
}
