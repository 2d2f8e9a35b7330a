using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Bodies;

public sealed class BodySelectionTests
{
    private const string Plain = "Content-Type: text/plain\r\n\r\n";
    private const string Html = "Content-Type: text/html\r\n\r\n";
    private const string Koi8 = "Content-Type: text/plain;charset=koi8-r\r\n\r\n";
    private const string OptionalHtml = "Content-Disposition: icon;handling=optional\r\n" + Html;

    [Theory]
    [InlineData("alternative", "one", Plain + "one", Html + "two")]
    [InlineData("alternative", "two", Plain + "one", Plain + "two")]
    [InlineData("alternative", "one", Plain + "one", Koi8 + "two")]
    [InlineData("alternative", "one", Plain + "one", "Content-Encoding: br\r\n" + Plain + "two")]
    [InlineData("mixed", "one", Plain + "one", Plain + "two")]
    [InlineData("mixed", "two", OptionalHtml + "one", Plain + "two")]
    [InlineData("related", "one", Plain + "one", Html + "two")]
    [InlineData("related;start=\"<r@example.com>\"", "two", Html + "one", "Content-ID: <r@example.com>\r\n" + Plain + "two")]
    [InlineData("signed", "one", Plain + "one", "Content-Type: application/pkcs7-signature\r\n\r\nx")]
    [InlineData("unheard-of", "one", Plain + "one", Plain + "two")]
    [InlineData("mixed", "deep", "Content-Type: multipart/alternative;boundary=c\r\n\r\n--c\r\n" + Plain + "deep\r\n--c\r\n" + Html + "x\r\n--c--")]
    public void Select_WhatCanBeShown_IsChosen(string subtype, string expected, params string[] parts)
    {
        var result = Select(subtype, parts);
        Assert.Equal(BodyRejection.None, result.Rejection);
        Assert.Equal(expected, BodyMessages.TextOf(result.Body!));
    }

    [Theory]
    [InlineData("alternative", BodyRejection.UnsupportedMediaType, Html + "one", Html + "two")]
    [InlineData("alternative", BodyRejection.UnsupportedCharset, Html + "one", Koi8 + "two")]
    [InlineData("mixed", BodyRejection.UnsupportedMediaType, Plain + "one", Html + "two")]
    [InlineData("mixed", BodyRejection.UnsupportedMediaType, OptionalHtml + "one")]
    [InlineData("mixed", BodyRejection.UnsupportedEncoding, Plain + "one", "Content-Encoding: br\r\n" + Plain + "two")]
    [InlineData("related", BodyRejection.UnsupportedMediaType, Html + "one", Plain + "two")]
    public void Select_WhatMustBeShownAndCannot_IsRefused(string subtype, BodyRejection expected, params string[] parts) =>
        Assert.Equal(expected, Select(subtype, parts).Rejection);

    [Fact]
    public void Decode_BodyWithoutContentType_IsPlainText()
    {
        var body = SipBody.Decode(BodyMessages.Of(null, "hello")).Body!;
        Assert.Equal(MediaType.PlainText, body.Type);
        Assert.Equal("hello", BodyMessages.TextOf(body.Select(Judge).Body!));
        Assert.Empty(SipBody.Decode(BodyMessages.Of("multipart/mixed", string.Empty)).Body!.Parts);
    }

    [Theory]
    [InlineData(BodyRejection.UnsupportedMediaType, 415, "text/plain", null)]
    [InlineData(BodyRejection.UnsupportedCharset, 415, "text/plain", null)]
    [InlineData(BodyRejection.UnsupportedEncoding, 415, null, "gzip, deflate, identity")]
    [InlineData(BodyRejection.InflatedTooLong, 413, null, null)]
    [InlineData(BodyRejection.NoParts, 400, null, null)]
    public void Answer_ToRejection_SaysWhatWouldDo(BodyRejection rejection, int status, string? accept, string? acceptEncoding)
    {
        var response = new SipResponse(BodyRejections.StatusCodeOf(rejection), BodyRejections.ReasonPhraseOf(rejection));
        BodyRejections.AddAccepted(response, rejection, "text/plain");
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(accept, response.Headers.Get(HeaderId.Accept));
        Assert.Equal(acceptEncoding, response.Headers.Get("Accept-Encoding"));
    }

    [Fact]
    public void EveryRejection_HasItsOwnStatusAndPhrase() => Assert.All(
        Enum.GetValues<BodyRejection>().Where(r => r != BodyRejection.None), r => Assert.NotEqual("Bad Request", BodyRejections.ReasonPhraseOf(r)));

    private static SipBodyResult Select(string subtype, string[] parts)
    {
        var content = string.Concat(parts.Select(p => $"--b\r\n{p}\r\n")) + "--b--";
        return SipBody.Decode(BodyMessages.Of($"multipart/{subtype};boundary=b", content)).Body!.Select(Judge);
    }

    private static BodyRejection Judge(SipBody body) =>
        !body.Type.Is("text/plain") ? BodyRejection.UnsupportedMediaType
        : Charsets.IsKnown(body.Type.Charset) ? BodyRejection.None : BodyRejection.UnsupportedCharset;
}
