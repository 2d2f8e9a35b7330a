using System.Text;
using ComIm.Client.Messaging.Receipts;

namespace ComIm.Client.Tests.Messaging.Receipts;

public sealed class ReceiptXmlTests
{
    [Theory]
    [InlineData("delivery-notification", "delivered", nameof(ReceiptStatus.Delivered))]
    [InlineData("delivery-notification", "failed", nameof(ReceiptStatus.Failed))]
    [InlineData("delivery-notification", "forbidden", nameof(ReceiptStatus.Withheld))]
    [InlineData("delivery-notification", "error", nameof(ReceiptStatus.Withheld))]
    [InlineData("display-notification", "displayed", nameof(ReceiptStatus.Displayed))]
    [InlineData("display-notification", "delivered", nameof(ReceiptStatus.Withheld))]
    [InlineData("processing-notification", "stored", nameof(ReceiptStatus.Stored))]
    [InlineData("processing-notification", "processed", nameof(ReceiptStatus.Withheld))]
    public void Document_SaysWhatBecameOfTheMessage(string kind, string status, string expected)
    {
        foreach (var name in new[] { " xmlns=\"urn:ietf:params:xml:ns:imdn\"", string.Empty })
        {
            var xml = $"""
                <?xml version="1.0" encoding="UTF-8"?>
                <imdn{name}><message-id> 34jk324j </message-id><datetime>2008-04-04T12:16:49-05:00</datetime>
                <recipient-uri>im:bob@example.com</recipient-uri><{kind}><status><{status}/></status></{kind}></imdn>
                """;
            var receipt = ReceiptXml.Read(Encoding.UTF8.GetBytes(xml));
            Assert.Equal(new Receipt("34jk324j", Enum.Parse<ReceiptStatus>(expected)), receipt);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<imdn/>")]
    [InlineData("<imdn><message-id/><delivery-notification><status><delivered/></status></delivery-notification></imdn>")]
    [InlineData("<imdn><message-id>1</message-id><delivery-notification><status/></delivery-notification></imdn>")]
    [InlineData("<other><message-id>1</message-id><delivery-notification><status><delivered/></status></delivery-notification></other>")]
    [InlineData("<!DOCTYPE imdn [<!ENTITY a \"b\">]><imdn><message-id>&a;</message-id></imdn>")]
    public void Document_ThatIsNone_IsNotRead(string xml) => Assert.Null(ReceiptXml.Read(Encoding.UTF8.GetBytes(xml)));
}
