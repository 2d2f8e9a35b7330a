using System.Text;
using ComIm.Client.Conferencing;
using ComIm.Client.Messaging.Receipts;
using ComIm.Client.Presence;
using ComIm.Client.Typing;

namespace ComIm.Client.Tests.Security;

/// <summary>Documents that are made to end a process, or to make it read files: none of the readers takes them.</summary>
public sealed class HostileXmlTests
{
    private static readonly (string Open, string Close, Func<byte[], object?> Read)[] Readers =
    [
        ("<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:a@b\"><note>", "</note></presence>", b => PresenceDocument.Read(b)),
        ("<watcherinfo xmlns=\"urn:ietf:params:xml:ns:watcherinfo\" version=\"0\" state=\"full\"><watcher-list resource=\"sip:a@b\" package=\"presence\"><watcher id=\"1\" status=\"active\" event=\"subscribe\">", "</watcher></watcher-list></watcherinfo>", b => WatcherInfoDocument.Read(b)),
        ("<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" entity=\"sip:a@b\" version=\"1\"><users><user entity=\"sip:c@d\"><display-text>", "</display-text></user></users></conference-info>", b => RosterDocument.Read(b)),
        ("<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>", "</state></isComposing>", b => TypingXml.Read(b)),
        ("<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>", "</message-id><display-notification><status><displayed/></status></display-notification></imdn>", b => ReceiptXml.Read(b)),
    ];

    [Fact]
    public void Nesting_BeyondAllMeasure_IsRefused()
    {
        foreach (var (open, close, read) in Readers)
        {
            Assert.NotNull(read(Encoding.UTF8.GetBytes(open + "x" + close)));

            // As deep as its longest document: where stacks are small, to ask such a tree for its text ends the process.
            foreach (var depth in new[] { 100, 2_000, 9_000, 36_000, 145_000 })
            {
                Assert.Null(read(Encoding.UTF8.GetBytes(
                    open + string.Concat(Enumerable.Repeat("<a>", depth)) + "x" + string.Concat(Enumerable.Repeat("</a>", depth)) + close)));
            }
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>", "&b;")]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>", "&a;")]
    [InlineData("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">", "x")]
    public void Entities_AreRefused(string dtd, string text)
    {
        foreach (var (open, close, read) in Readers)
        {
            Assert.Null(read(Encoding.UTF8.GetBytes(dtd + open + text + close)));
        }
    }
}
