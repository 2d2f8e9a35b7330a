using System.Text;
using ComIm.Sip.Authentication;
using ComIm.Sip.Bodies;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Fuzzing;

/// <summary>Mutations of what is read behind the head: bodies, challenges, and the answers of name servers.</summary>
[Collection(nameof(FuzzCollection))]
public sealed class BodyFuzzTests
{
    private const string Password = "never to be seen";

    [Fact]
    public void Bodies_MutatedMessages_AreDecodedWithinTheLimitsOrRefused() => FuzzRun.Of(FuzzCorpus.Bodies, 5, (bytes, _) =>
    {
        if (SipParser.ParseDatagram(bytes).Message is not { } message)
        {
            return;
        }

        var decoded = SipBody.Decode(message);
        Assert.Equal(decoded.Body is null, decoded.Rejection != BodyRejection.None);
        if (decoded.Body is not { } body)
        {
            Assert.InRange(BodyRejections.StatusCodeOf(decoded.Rejection), 400, 499);
            return;
        }

        Assert.InRange(Count(body, 0), 1, 1 + SipLimits.Default.MaxParts);
        var chosen = body.Select(b => b.Type.Is("text/plain") ? BodyRejection.None : BodyRejection.UnsupportedMediaType);
        Assert.Equal(chosen.Body is null, chosen.Rejection != BodyRejection.None);
        chosen.Body?.ReadText(out string _);
    });

    [Fact]
    public void Challenges_Mutated_AreAnsweredOrLeftAndGiveNothingAway()
    {
        // One for all inputs: what a server tells it must not pile up either.
        var authenticator = new RequestAuthenticator(new SipCredential("alice", Password));
        FuzzRun.Of(FuzzCorpus.Credentials, 6, (bytes, mutator) =>
        {
            var text = Encoding.UTF8.GetString(bytes).Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ');
            var request = new SipRequest(SipMethods.Register, SipUri.Parse("sip:example.com"));
            request.Headers.Add(HeaderId.CallId, "a");
            authenticator.Authorize(request);
            var isProxy = mutator.Below(2) == 0;
            var response = new SipResponse(isProxy ? 407 : 401);
            response.Headers.Add(isProxy ? HeaderId.ProxyAuthenticate : HeaderId.WwwAuthenticate, text);
            if (authenticator.Accept(response, request))
            {
                var again = request.Copy();
                authenticator.Authorize(again);
                Assert.DoesNotContain(Password, again.ToString(), StringComparison.Ordinal);
                Assert.True(SipParser.ParseDatagram(again.ToBytes()).IsValid);
            }

            var success = new SipResponse(200);
            success.Headers.Add(HeaderId.AuthenticationInfo, text);
            authenticator.Confirm(success, request);
        });
    }

    [Fact]
    public void NameServers_MutatedAnswers_AreReadOrRefused() => FuzzRun.Of(FuzzCorpus.Dns, 7, (bytes, _) =>
    {
        if (DnsMessageReader.Read(bytes) is { } message)
        {
            Assert.InRange(message.Answers.Count, 0, DnsMessageReader.MaxRecords);
            Assert.All(message.Answers, r => Assert.InRange(r.Name.Length, 0, 255));
        }
    });

    private static int Count(SipBody body, int depth)
    {
        Assert.InRange(depth, 0, SipLimits.Default.MaxPartDepth);
        return 1 + body.Parts.Sum(p => Count(p, depth + 1));
    }
}
