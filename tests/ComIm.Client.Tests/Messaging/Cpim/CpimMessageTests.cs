using System.Text;
using ComIm.Client.Messaging;
using ComIm.Client.Messaging.Cpim;
using ComIm.Client.Messaging.Receipts;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;

namespace ComIm.Client.Tests.Messaging.Cpim;

public sealed class CpimMessageTests
{
    // The example of RFC 5438 section 6.2, but for its people.
    private const string Example = """
        From: Alice <im:alice@example.com>
        To: Bob <im:bob@example.com>
        NS: imdn <urn:ietf:params:imdn>
        imdn.Message-ID: 34jk324j
        DateTime: 2006-04-04T12:16:49-05:00
        imdn.Disposition-Notification: positive-delivery, display

        Content-type: text/plain
        Content-length: 12

        Hello World
        """;

    [Fact]
    public void Example_OfTheRfc_IsRead()
    {
        var message = Read(Example)!;
        Assert.Equal("Alice <im:alice@example.com>", message.Get("From"));
        Assert.Equal(new DateTimeOffset(2006, 4, 4, 12, 16, 49, TimeSpan.FromHours(-5)), message.DateTime);
        Assert.Equal("Hello World", Encoding.UTF8.GetString(message.Body.Content.Span).TrimEnd());
        var request = ReceiptRequest.Of(message)!;
        Assert.Equal(("34jk324j", true, true), (request.MessageId, request.WantsDelivery, request.WantsDisplay));
    }

    [Theory]
    [InlineData("<34jk324j@example.com>", true)]
    [InlineData(@"34jk\u0001324j", false)]
    [InlineData(@"34jk\uD800324j", false)]
    [InlineData("34jk 324j", false)]
    public void Receipt_OfANameThatItsDocumentCannotHold_IsNotAskedFor(string id, bool isAsked)
    {
        var request = ReceiptRequest.Of(Read(Example.Replace("34jk324j", id, StringComparison.Ordinal))!);
        Assert.Equal(isAsked ? id : null, request?.MessageId);
        if (request is not null)
        {
            Assert.NotEmpty(ReceiptXml.Write(new Receipt(request.MessageId, ReceiptStatus.Displayed), DateTimeOffset.UnixEpoch, "sip:bob@example.com"));
        }
    }

    [Theory]
    [InlineData("NS: imdn <urn:ietf:params:imdn>", "NS: imdn <urn:example:other>")]
    [InlineData("imdn.Disposition-Notification: positive-delivery, display", "imdn.Disposition-Notification: processing")]
    [InlineData("imdn.Disposition-Notification: positive-delivery, display", "Subject: x")]
    [InlineData("imdn.Message-ID: 34jk324j", "Message-ID: 34jk324j")]
    public void Envelope_ThatAsksForNothing_HasNoRequest(string line, string instead) =>
        Assert.Null(ReceiptRequest.Of(Read(Example.Replace(line, instead, StringComparison.Ordinal))!));

    [Theory]
    [InlineData("imdn.Message-ID", "NS: imdn", "NS: any")]
    [InlineData("", "imdn.", "my.")]
    public void Prefix_IsWhatItsDeclarationSays(string unused, string from, string to)
    {
        _ = unused;
        var text = Example.Replace(from, to, StringComparison.Ordinal);
        text = from == "NS: imdn" ? text.Replace("imdn.", "any.", StringComparison.Ordinal) : text.Replace("NS: imdn", "NS: my", StringComparison.Ordinal);
        Assert.NotNull(ReceiptRequest.Of(Read(text)!));
    }

    [Theory]
    [InlineData(@"Subject: one\ntwo\\three \u00E9", "one\ntwo\\three é")]
    [InlineData("Subject:;lang=en not a parameter", ";lang=en not a parameter")]
    [InlineData("Subject;lang=de: gr\u00FC\u00DFe", "gr\u00FC\u00DFe")]
    [InlineData(@"Subject: ends in \", @"ends in \")]
    public void Value_WithEscapes_IsRead(string line, string expected) =>
        Assert.Equal(expected, Read(line + "\n" + Example)!.Get("Subject"));

    [Theory]
    [InlineData("Require: imdn.Message-ID, From\n", true)]
    [InlineData("Require: other.Thing\n", false)]
    [InlineData("Require: Invented\n", false)]
    public void Require_OfWhatIsNotKnown_IsRefused(string line, bool isRead)
    {
        var read = CpimMessage.Read(Bytes(line + Example), out var rejection);
        Assert.Equal(isRead, read is not null);
        Assert.Equal(isRead ? BodyRejection.None : BodyRejection.UnsupportedMediaType, rejection);
    }

    [Theory]
    [InlineData("")]
    [InlineData("From: <sip:alice@example.com>")]
    [InlineData("no colon\n\nContent-Type: text/plain\n\nx")]
    [InlineData(": x\n\nContent-Type: text/plain\n\nx")]
    [InlineData("From: <sip:alice@example.com>\n\nno colon\n\nx")]
    [InlineData("From: <sip:alice@example.com>\n\nContent-Type: nonsense\n\nx")]
    public void Envelope_ThatIsNone_IsRefused(string text) => Assert.Null(Read(text));

    [Fact]
    public void Envelope_WithoutEnd_IsBounded()
    {
        Assert.Null(CpimMessage.Read(Bytes(string.Concat(Enumerable.Repeat("Subject: x\n", 1000))), out var rejection));
        Assert.Equal(BodyRejection.PartHeaderTooLong, rejection);
    }

    [Fact]
    public void Written_IsReadAgain()
    {
        var from = new NameAddress(SipUri.Parse("sip:alice@example.com"), "Al\"ice\r\nTo: <sip:evil@example.com>");
        var writer = new CpimWriter(from, new NameAddress(SipUri.Parse("sip:bob@example.com")), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)));
        var content = writer.Message("id-1", MessageContent.Html("<b>hello</b>"));
        Assert.Equal("message/cpim", content.ContentType);
        var read = CpimMessage.Read(content.Bytes, out _)!;
        Assert.Equal("<sip:bob@example.com>", read.Get("To"));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero), read.DateTime);
        Assert.Equal("id-1", ReceiptRequest.Of(read)!.MessageId);
        Assert.Equal("<b>hello</b>", Encoding.UTF8.GetString(read.Body.Content.Span));
        Assert.True(read.Body.Type.Is("text/html"));
    }

    [Fact]
    public void Receipt_AsksForNoReceipt()
    {
        var address = new NameAddress(SipUri.Parse("sip:alice@example.com"));
        var xml = ReceiptXml.Write(new Receipt("id-1", ReceiptStatus.Displayed), DateTimeOffset.UnixEpoch, "sip:alice@example.com");
        var written = new CpimWriter(address, address, DateTimeOffset.UnixEpoch).Receipt("id-2", MessageContent.Of(ReceiptXml.ContentType, xml));
        var read = CpimMessage.Read(written.Bytes, out _)!;
        Assert.Null(ReceiptRequest.Of(read));
        Assert.Equal("notification", read.Body.Headers.Get(HeaderId.ContentDisposition));
        Assert.Equal(new Receipt("id-1", ReceiptStatus.Displayed), ReceiptXml.Read(read.Body.Content));
    }

    private static CpimMessage? Read(string text) => CpimMessage.Read(Bytes(text), out _);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
