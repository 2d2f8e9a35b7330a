using System.Text;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Bodies;

public sealed class MultipartTests
{
    private const string Type = "multipart/mixed;boundary=\"b\"";

    [Fact]
    public void Decode_PreambleAndEpilogue_ArePassedOver() => Assert.Equal(["one", "two\r\n"], PartsOf(BodyMessages.Lines(
        "preamble --b", "--b", "Content-Type: text/plain", "", "one", "--b \t", "", "two", "", "--b--\t", "epilogue", "--b", "", "not a part")));

    [Theory]
    [InlineData("--b\r\n\r\none\r\n--b--", "one")]
    [InlineData("\r\n--b\r\n\r\none\r\n--b--\r\n", "one")]
    [InlineData("--b\r\n\r\none", "one")]
    [InlineData("--b\r\n\r\none\r\n", "one\r\n")]
    [InlineData("--b\r\n\r\none\r\n--b", "one")]
    [InlineData("--b\r\n\r\n--bb\r\n--b-\r\n --b\r\nx--b\r\n--b--x\r\n--b--", "--bb\r\n--b-\r\n --b\r\nx--b\r\n--b--x")]
    [InlineData("--b\r\n\r\n\r\n--b--", "")]
    [InlineData("--b\r\n\r\n--b--", "")]
    [InlineData("--b\r\n--b--", "")]
    [InlineData("--b\r\nContent-Type: text/plain", "")]
    [InlineData("--b\r\nContent-Type: text/plain\r\n--b--", "")]
    [InlineData("--b\r\nContent-Type:\r\n text/plain;\r\n\tcharset=utf-8\r\nX-Empty:\r\n\r\none\r\n--b--", "one")]
    [InlineData("--b\r\n\r\na\n--b\nc\r\n--b--", "a\n--b\nc")]
    public void Decode_OnePart_IsFound(string body, string expected) => Assert.Equal([expected], PartsOf(body));

    [Theory]
    [InlineData("multipart/mixed", "--b\r\n\r\none\r\n--b--", BodyRejection.InvalidBoundary)]
    [InlineData("multipart/mixed;boundary=\"\"", "--\r\n\r\none\r\n----", BodyRejection.InvalidBoundary)]
    [InlineData("multipart/mixed;boundary=\"b \"", "--b \r\n\r\none\r\n--b --", BodyRejection.InvalidBoundary)]
    [InlineData("multipart/mixed;boundary=\"é\"", "--é\r\n\r\none\r\n--é--", BodyRejection.InvalidBoundary)]
    [InlineData("multipart/mixed;boundary=0123456789012345678901234567890123456789012345678901234567890123456789x", "x", BodyRejection.InvalidBoundary)]
    [InlineData(Type, "no delimiter", BodyRejection.NoParts)]
    [InlineData(Type, "--b--", BodyRejection.NoParts)]
    [InlineData(Type, "--b", BodyRejection.NoParts)]
    [InlineData(Type, "x --b\r\n\r\none", BodyRejection.NoParts)]
    [InlineData(Type, "--b\r\nno header\r\n\r\none\r\n--b--", BodyRejection.InvalidPartHeader)]
    [InlineData(Type, "--b\r\nno header", BodyRejection.InvalidPartHeader)]
    [InlineData(Type, "--b\r\nA: b\0\r\n\r\none\r\n--b--", BodyRejection.InvalidPartHeader)]
    [InlineData(Type, "--b\r\nA: b\nC: d\r\n\r\none\r\n--b--", BodyRejection.InvalidPartHeader)]
    [InlineData(Type, "--b\r\nContent-Type: nonsense\r\n\r\none\r\n--b--", BodyRejection.InvalidContentType)]
    [InlineData(Type, "--b\r\nContent-Transfer-Encoding: base64\r\n\r\n*\r\n--b--", BodyRejection.CorruptTransferEncoding)]
    [InlineData(Type, "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=0\r\n--b--", BodyRejection.CorruptTransferEncoding)]
    [InlineData("nonsense", "x", BodyRejection.InvalidContentType)]
    public void Decode_Bad_IsRefusedByName(string type, string body, BodyRejection expected)
    {
        var result = SipBody.Decode(BodyMessages.Of(type, body));
        Assert.Equal(expected, result.Rejection);
        Assert.Null(result.Body);
        Assert.Equal(400, BodyRejections.StatusCodeOf(expected));
    }

    [Fact]
    public void Decode_Nested_InnerBoundaryMayBeginLikeTheOuter()
    {
        var body = BodyMessages.Lines(
            "--b", "Content-Type: multipart/alternative;boundary=bc", "", "--bc", "", "one", "--bc", "", "two", "--b", "", "three", "--b--");
        var result = SipBody.Decode(BodyMessages.Of(Type, body)).Body!;
        Assert.Equal(2, result.Parts.Count);
        Assert.Equal(["one", "two"], result.Parts[0].Parts.Select(BodyMessages.TextOf));
        Assert.Equal("three", BodyMessages.TextOf(result.Parts[1]));
    }

    [Fact]
    public void Decode_DepthAndCount_AreBounded()
    {
        Assert.Equal(BodyRejection.None, SipBody.Decode(Nested(4)).Rejection);
        Assert.Equal(BodyRejection.PartsTooDeep, SipBody.Decode(Nested(5)).Rejection);
        Assert.Equal(BodyRejection.PartsTooDeep, SipBody.Decode(Nested(200)).Rejection);
        Assert.Equal(BodyRejection.None, SipBody.Decode(Many(32)).Rejection);
        Assert.Equal(BodyRejection.TooManyParts, SipBody.Decode(Many(33)).Rejection);
        Assert.Equal(BodyRejection.TooManyParts, SipBody.Decode(Nested(4), new SipLimits { MaxParts = 3 }).Rejection);
        Assert.Equal(413, BodyRejections.StatusCodeOf(BodyRejection.TooManyParts));
    }

    [Fact]
    public void Decode_PartHeader_IsBounded()
    {
        var many = string.Concat(Enumerable.Repeat("A: b\r\n", 300));
        Assert.Equal(BodyRejection.PartHeaderTooLong, SipBody.Decode(BodyMessages.Of(Type, $"--b\r\n{many}\r\nx\r\n--b--")).Rejection);
        var body = $"--b\r\nA: {new string('x', 40_000)}\r\n\r\nx\r\n--b--";
        Assert.Equal(BodyRejection.PartHeaderTooLong, SipBody.Decode(BodyMessages.Of(Type, body)).Rejection);
    }

    [Theory]
    [InlineData("base64", "w6nDqQ==", "éé")]
    [InlineData("BASE64", "w6nD\r\nqQ==\r\n", "éé")]
    [InlineData("quoted-printable", "=C3=a9 =  \r\nx=3D\r\ny", "é x=\r\ny")]
    [InlineData("8bit", "é", "é")]
    [InlineData("binary", "é", "é")]
    public void Decode_TransferEncoding_IsUndone(string encoding, string content, string expected) =>
        Assert.Equal([expected], PartsOf($"--b\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{content}\r\n--b--"));

    [Theory]
    [InlineData("Content-Encoding: br", BodyRejection.UnsupportedEncoding)]
    [InlineData("Content-Transfer-Encoding: x-uuencode", BodyRejection.UnsupportedTransferEncoding)]
    public void Decode_PartOfUnknownEncoding_LeavesTheOthers(string header, BodyRejection expected)
    {
        var body = SipBody.Decode(BodyMessages.Of(Type, $"--b\r\n{header}\r\n\r\nx\r\n--b\r\n\r\none\r\n--b--")).Body!;
        Assert.Equal(expected, body.Parts[0].Rejection);
        Assert.Equal(expected, body.Parts[0].ReadText(out _));
        Assert.Equal("one", BodyMessages.TextOf(body.Parts[1]));
    }

    [Fact]
    public void Decode_Digest_HoldsMessagesUnlessSaidOtherwise() => Assert.Equal("message/rfc822", SipBody.Decode(
        BodyMessages.Of("multipart/digest;boundary=b", "--b\r\n\r\nFrom: x\r\n--b--")).Body!.Parts[0].Type.Name);

    [Fact]
    public void Decode_TortureMessage_HasTextAndBinaryPart()
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "rfc4475", "mpart01.dat"));
        var body = SipBody.Decode(SipParser.ParseDatagram(bytes).Message!).Body!;
        Assert.Equal("Hello", BodyMessages.TextOf(body.Parts[0]));
        Assert.Equal("application/octet-stream", body.Parts[1].Type.Name);
        Assert.Contains((byte)0, body.Parts[1].Content.ToArray());
        Assert.Equal(2, body.Parts.Count);
    }

    [Fact]
    public void Write_Parts_AreReadBackWithEveryByte()
    {
        var binary = new byte[1000];
        new Random(2046).NextBytes(binary);
        var headers = new HeaderCollection();
        headers.Add("Content-ID", "<a@example.com>");
        var (inner, innerContent) = new MultipartWriter("alternative").Add(MediaType.PlainText, "\r\n--\r\n"u8.ToArray()).Write();
        var message = new SipRequest(SipMethods.Message, SipUri.Parse("sip:bob@example.com"));
        new MultipartWriter("mixed")
            .Add(MediaType.PlainText.With("charset", "utf-8"), "žluť"u8.ToArray())
            .Add(new MediaType("application", "octet-stream"), binary, headers)
            .Add(inner, innerContent)
            .WriteTo(message);
        var body = SipBody.Decode((SipRequest)SipParser.ParseDatagram(message.ToBytes()).Message!).Body!;
        Assert.Equal("žluť", BodyMessages.TextOf(body.Parts[0]));
        Assert.Equal(binary, body.Parts[1].Content.ToArray());
        Assert.Equal("<a@example.com>", body.Parts[1].Headers.Get("Content-ID"));
        Assert.Equal("\r\n--\r\n", BodyMessages.TextOf(body.Parts[2].Parts[0]));
        Assert.Null(headers.Get(HeaderId.ContentType));
        Assert.Throws<InvalidOperationException>(() => new MultipartWriter("mixed").Write());
    }

    [Fact]
    public void Decode_MutatedBodies_NeverThrowsAndKeepsItsBounds()
    {
        var seed = Encoding.UTF8.GetBytes(BodyMessages.Lines(
            "--b", "Content-Type: multipart/alternative;boundary=bc", "", "--bc", "Content-Transfer-Encoding: base64", "", "w6k=", "--bc", "", "two", "--bc--", "--b", "", "three", "--b--"));
        var random = new Random(1521);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])seed.Clone();
            for (var n = random.Next(1, 8); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = "-b\r\n: ;=c\0"u8[random.Next(10)];
            }

            var result = SipBody.Decode(BodyMessages.Of(Type, bytes.AsMemory(0, random.Next(bytes.Length + 1))));
            Assert.Equal(result.Rejection == BodyRejection.None, result.Body is not null);
            Assert.True(result.Body is null || result.Body.Parts.Sum(p => p.Content.Length) <= bytes.Length);
        }
    }

    private static IEnumerable<string> PartsOf(string body)
    {
        var result = SipBody.Decode(BodyMessages.Of(Type, body));
        Assert.Equal(BodyRejection.None, result.Rejection);
        return result.Body!.Parts.Select(BodyMessages.TextOf);
    }

    private static SipRequest Nested(int depth)
    {
        var (type, content) = new MultipartWriter("mixed").Add(MediaType.PlainText, "x"u8.ToArray()).Write();
        for (var i = 1; i < depth; i++)
        {
            (type, content) = new MultipartWriter("mixed").Add(type, content).Write();
        }

        return BodyMessages.Of(type.ToString(), content);
    }

    private static SipRequest Many(int count)
    {
        var writer = new MultipartWriter("mixed");
        for (var i = 0; i < count; i++)
        {
            writer.Add(MediaType.PlainText, "x"u8.ToArray());
        }

        var (type, content) = writer.Write();
        return BodyMessages.Of(type.ToString(), content);
    }
}
