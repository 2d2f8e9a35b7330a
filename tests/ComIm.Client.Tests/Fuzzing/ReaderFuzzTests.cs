using System.Text;
using ComIm.Client.Messaging;
using ComIm.Client.Messaging.Cpim;
using ComIm.Client.Messaging.Receipts;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Tests.Fuzzing;

/// <summary>What peers write into messages, broken in every way: it is read or refused, and never throws.</summary>
public sealed class ReaderFuzzTests
{
    private const int Rounds = 20_000;
    private const string Marks = "\r\n:;<>&\\\" .,-";

    private static readonly string[] Seeds =
    [
        "From: A <sip:alice@example.com>\r\nTo: <sip:bob@example.com>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: x\r\n"
            + "DateTime: 2026-01-01T00:00:00Z\r\nSubject;lang=en: a\\u00e9\\n\r\nimdn.Disposition-Notification: positive-delivery, display\r\n\r\n"
            + "Content-Type: text/plain;charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=",
        "<?xml version=\"1.0\"?><imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>1</message-id><delivery-notification><status>"
            + "<delivered/></status></delivery-notification></imdn>",
        "<html><head><style>b{}</style></head><body><p>a &amp; b &#x1F40E;<br/>c</p><!-- d --><ul><li>e</ul></body></html>",
        "Content-Type: multipart/alternative;boundary=b\r\n\r\n--b\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>x</b>\r\n--b--\r\n",
        "Content-Type: message/partial;id=a;number=1;total=2\r\n\r\nContent-Type: text/plain\r\n\r\nhello",
    ];

    [Fact]
    public void Contents_Mutated_AreReadOrRefused()
    {
        var random = new Random(20260);
        var accepted = new AcceptedTypes(["*/*"]);
        var partial = new PartialMessages(TimeProvider.System);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(Seeds[round % Seeds.Length], random);
            var envelope = CpimMessage.Read(bytes, out var rejection);
            Assert.Equal(envelope is null, rejection != BodyRejection.None);
            if (envelope is not null)
            {
                _ = envelope.DateTime;
                _ = ReceiptRequest.Of(envelope);
            }

            _ = ReceiptXml.Read(bytes);
            Assert.InRange(HtmlText.ToPlain(Encoding.UTF8.GetString(bytes)).Length, 0, bytes.Length);
            if (SipBody.DecodeEntity(bytes).Body is { } body)
            {
                var received = ReceivedContent.Open(body, accepted, out rejection);
                Assert.Equal(received is null, rejection != BodyRejection.None);
                partial.Add("sip:alice@example.com", body, out var status);
                Assert.Contains(status, new[] { 200, 400, 413, 480 });
            }
        }
    }

    private static byte[] Mutate(string seed, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(seed).ToList();
        for (var i = random.Next(6); i >= 0; i--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count + 1)).Take(random.Next(40)).ToList());
                    break;
                default:
                    bytes.Insert(at, (byte)Marks[random.Next(Marks.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
