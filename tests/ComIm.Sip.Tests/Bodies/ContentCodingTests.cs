using System.Text;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Bodies;

public sealed class ContentCodingTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"{i} šedý kůň, ")));

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip", "X-GZIP")]
    [InlineData("zlib", "deflate")]
    [InlineData("raw", "Deflate")]
    [InlineData("none", "identity")]
    [InlineData("none", "")]
    public void Decode_KnownCoding_GivesTheContent(string format, string coding)
    {
        var body = format == "none" ? Text : BodyMessages.Compress(format, Text);
        var result = SipBody.Decode(BodyMessages.Of("text/plain", body, coding));
        Assert.Equal(BodyRejection.None, result.Rejection);
        Assert.Equal(Text, result.Body!.Content.ToArray());
    }

    [Fact]
    public void Deflate_ThatAsksForADictionary_IsCorrupt()
    {
        // RFC 1950 section 2.2: FDICT is set. Found by fuzzing.
        byte[] bytes = [0x78, 0x20, 0xED, 0xC1, 0x31, 0x01, 0, 0, 0, 0xC2, 0xA0, 0xF5, 0x4F, 0x6D];
        Assert.Equal(BodyRejection.CorruptEncoding, SipBody.Decode(BodyMessages.Of("text/plain", bytes, "deflate")).Rejection);
    }

    [Fact]
    public void Decode_TwoCodings_AreUndoneFromTheLast()
    {
        var body = BodyMessages.Compress("gzip", BodyMessages.Compress("zlib", Text));
        Assert.Equal(Text, SipBody.Decode(BodyMessages.Of("text/plain", body, "deflate, gzip")).Body!.Content.ToArray());
        Assert.Equal(BodyRejection.CorruptEncoding, SipBody.Decode(BodyMessages.Of("text/plain", body, "gzip, deflate")).Rejection);
        Assert.Equal(BodyRejection.UnsupportedEncoding, SipBody.Decode(BodyMessages.Of("text/plain", body, "gzip, gzip, gzip")).Rejection);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("zlib", "deflate")]
    [InlineData("raw", "deflate")]
    public void Decode_CutAnywhere_IsCorrupt(string format, string coding)
    {
        var whole = BodyMessages.Compress(format, Text);
        for (var length = 1; length < whole.Length; length++)
        {
            Assert.Equal(BodyRejection.CorruptEncoding, SipBody.Decode(BodyMessages.Of("text/plain", whole.AsMemory(0, length), coding)).Rejection);
        }
    }

    [Theory]
    [InlineData("br", 415)]
    [InlineData("compress", 415)]
    [InlineData("gzip", 400)]
    public void Decode_CodingThatFails_IsNamed(string coding, int status)
    {
        var result = SipBody.Decode(BodyMessages.Of("text/plain", "this is not compressed at all"u8.ToArray(), coding));
        Assert.Equal(status, BodyRejections.StatusCodeOf(result.Rejection));
        Assert.Null(result.Body);
    }

    [Fact]
    public void Decode_EmptyBody_HasNothingToInflate() =>
        Assert.True(SipBody.Decode(BodyMessages.Of("text/plain", default(ReadOnlyMemory<byte>), "gzip")).Body!.Content.IsEmpty);

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("zlib", "deflate")]
    [InlineData("raw", "deflate")]
    public void Decode_Bomb_IsRefusedByRatioOrLength(string format, string coding)
    {
        var bomb = BodyMessages.Of("text/plain", BodyMessages.Compress(format, new byte[3_000_000]), coding);
        Assert.Equal(BodyRejection.InflatesTooMuch, SipBody.Decode(bomb).Rejection);
        var lenient = new SipLimits { MaxInflateRatio = int.MaxValue };
        Assert.Equal(3_000_000, SipBody.Decode(bomb, lenient).Body!.Content.Length);
        Assert.Equal(BodyRejection.InflatedTooLong, SipBody.Decode(bomb, lenient with { MaxInflatedLength = 2_999_999 }).Rejection);
        Assert.Equal(413, BodyRejections.StatusCodeOf(BodyRejection.InflatesTooMuch));
    }

    [Fact]
    public void Decode_ShortRepetitiveText_IsNoBomb() => Assert.Equal(
        60_000, SipBody.Decode(BodyMessages.Of("text/plain", BodyMessages.Compress("zlib", new byte[60_000]), "deflate")).Body!.Content.Length);

    [Fact]
    public void Decode_BombInParts_IsCountedTogether()
    {
        var writer = new MultipartWriter("mixed");
        var headers = new HeaderCollection();
        headers.Add(HeaderId.ContentEncoding, "gzip");
        for (var i = 0; i < 10; i++)
        {
            writer.Add(MediaType.PlainText, BodyMessages.Compress("gzip", new byte[60_000]), headers);
        }

        var (type, content) = writer.Write();
        var message = BodyMessages.Of(type.ToString(), content);
        Assert.Equal(BodyRejection.None, SipBody.Decode(message, new SipLimits { MaxInflatedLength = 600_000 }).Rejection);
        Assert.Equal(BodyRejection.InflatedTooLong, SipBody.Decode(message, new SipLimits { MaxInflatedLength = 599_999 }).Rejection);
    }

    [Fact]
    public void Decode_DamagedBytes_NeverThrows()
    {
        var random = new Random(1951);
        foreach (var (format, coding) in new[] { ("gzip", "gzip"), ("zlib", "deflate"), ("raw", "deflate") })
        {
            var whole = BodyMessages.Compress(format, Text);
            for (var i = 0; i < 2_000; i++)
            {
                var bytes = (byte[])whole.Clone();
                for (var n = random.Next(1, 4); n > 0; n--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                var result = SipBody.Decode(BodyMessages.Of("text/plain", bytes, coding));
                Assert.Equal(result.Rejection == BodyRejection.None, result.Body is not null);
            }
        }
    }
}
