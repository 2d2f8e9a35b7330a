using System.Text;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Fuzzing;

/// <summary>
/// Mutations of every vector against all that reads bytes from strangers. Nothing may throw, hang or grow; what is
/// accepted must stay accepted when it is written and read again.
/// </summary>
[Collection(nameof(FuzzCollection))]
public sealed class FuzzTests
{

    [Fact]
    public void Parser_MutatedDatagrams_NeverThrowsAndAgreesWithItself() => FuzzRun.Of(FuzzCorpus.Messages, 1, (bytes, _) =>
    {
        var result = SipParser.ParseDatagram(bytes);
        if (result.Message is not { } message)
        {
            Assert.NotEqual(SipRejection.None, result.Rejection);
            return;
        }

        Touch(message);
        if (!result.IsValid)
        {
            return;
        }

        var again = SipParser.ParseDatagram(message.ToBytes());
        Assert.Equal(SipRejection.None, again.Rejection);
        Assert.Equal(SipMessageRules.Check(message), SipMessageRules.Check(again.Message!));
        Assert.True(message.Body.Span.SequenceEqual(again.Message!.Body.Span));
    });

    [Fact]
    public void Framer_MutatedStreams_GivesTheSameHoweverTheyAreCut() => FuzzRun.Of(FuzzCorpus.Messages, 2, (bytes, mutator) =>
    {
        var whole = Frame([bytes]);
        var cut = mutator.Below(bytes.Length + 1);
        Assert.Equal(whole, Frame([bytes[..cut], bytes[cut..]]));
    });

    [Fact]
    public void Digest_MutatedCredentials_NeverPassAndNeverThrow()
    {
        var verifier = new DigestVerifier("example.com", TimeProvider.System);
        FuzzRun.Of(FuzzCorpus.Credentials, 3, (bytes, _) =>
        {
            var text = Encoding.UTF8.GetString(bytes).Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ');
            var isRead = AuthenticationParameters.TryParse(text, out var parameters);
            Assert.Equal(isRead, parameters is not null);
            var request = new SipRequest(SipMethods.Register, SipUri.Parse("sip:example.com"));
            request.Headers.Add(HeaderId.Authorization, text);
            Assert.NotEqual(DigestVerdict.Valid, verifier.Verify(request, HeaderId.Authorization, _ => "secret", out string? user));
            var response = new SipResponse(401);
            response.Headers.Add(HeaderId.WwwAuthenticate, text);
            Assert.All(DigestChallenge.AllOf(response), c => Assert.NotNull(c.Nonce));
        });
    }

    [Fact]
    public void Headers_MutatedTexts_AreReadOrRefused() => FuzzRun.Of(FuzzCorpus.Messages, 4, (bytes, _) =>
    {
        foreach (var line in Encoding.UTF8.GetString(bytes).Split("\r\n"))
        {
            var value = line[(line.IndexOf(':') + 1)..];
            if (SipUri.TryParse(value, out var uri))
            {
                Assert.True(SipUri.TryParse(uri.ToString(), out var same) && same.Equals(uri), value);
            }

            if (NameAddress.TryParse(value, out var address))
            {
                Assert.True(NameAddress.TryParse(address.ToString(), out var same) && same.DisplayName == address.DisplayName, value);
            }

            if (ViaHeader.TryParseFirst(value, out var via))
            {
                Assert.True(ViaHeader.TryParseFirst(via.ToString(), out var same) && same.Branch == via.Branch, value);
            }
        }
    });

    /// <summary>Reads all that any layer reads.</summary>
    private static void Touch(SipMessage message)
    {
        _ = (message.CallId, message.CSeq, message.From?.Uri, message.To?.Uri, message.TopVia?.HasMagicCookie, message.Contact?.Uri, message.BodyText);
        _ = (message as SipRequest)?.RequestUri?.AddressOfRecord;
        foreach (var header in message.Headers)
        {
            _ = message.Headers.GetValues(header.Id);
        }
    }

    private static string Frame(byte[][] pieces)
    {
        var framer = new SipStreamFramer();
        var seen = new StringBuilder();
        foreach (var piece in pieces)
        {
            framer.Feed(piece);
            while (framer.TryRead(out var result))
            {
                seen.Append(result.Rejection).Append(' ').Append(result.Message?.Body.Length).Append('\n');
            }
        }

        return seen.Append(framer.IsBroken).ToString();
    }
}
