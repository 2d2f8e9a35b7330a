using System.Xml.Linq;
using ComIm.Server.Conferencing;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Conferencing;

/// <summary>What clients call themselves and their rooms, where XML cannot hold it.</summary>
public sealed class RosterTextTests
{
    private static readonly XNamespace Info = "urn:ietf:params:xml:ns:conference-info";
    private static readonly string Long = new('s', 255);

    [Fact]
    public async Task NameAndSubjectThatXmlCannotHold_LeaveTheRosterWhole()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (hers, room) = await alice.JoinAsync(prepare: r =>
        {
            r.Headers.Set(HeaderId.From, r.Headers.Get(HeaderId.From)!.Replace("Alice", "Al\u0001ice", StringComparison.Ordinal));
            r.Headers.Set(HeaderId.Subject, Long + "\U0001F600");
        });
        Assert.Equal(200, (await alice.FollowAsync(room)).StatusCode);
        var first = await alice.RosterAsync();

        await bob.JoinAsync(room, r => r.Headers.Set(HeaderId.From, r.Headers.Get(HeaderId.From)!.Replace("Bob", "B\uFFFEob", StringComparison.Ordinal)));

        // Bob has his 200 a moment before the room has him; the roster says when it does.
        var joined = await alice.RosterAsync();
        Assert.Equal(200, (await bob.FollowAsync(room)).StatusCode);

        Assert.Equal(Long, first.Descendants(Info + "subject").Single().Value);
        Assert.Equal([("Alice", "presenter")], Users(first));
        Assert.Equal([("Bob", "attendee")], Users(joined));
        Assert.Equal([("Alice", "presenter"), ("Bob", "attendee")], Users(await bob.RosterAsync()));

        var command = "<request xmlns=\"urn:ietf:params:xml:ns:cccp\" requestId=\"1\"><modifyConference><conference-info "
            + "xmlns=\"urn:ietf:params:xml:ns:conference-info\"><subject>new&#x85;\U0001F600</subject></conference-info></modifyConference></request>";
        Assert.Equal(200, (await ConferencePeer.SayAsync(hers, command, "application/cccp+xml", SipMethods.Info)).StatusCode);
        foreach (var peer in new[] { alice, bob })
        {
            Assert.Equal("new \U0001F600", (await peer.RosterAsync()).Descendants(Info + "subject").Single().Value);
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("\u0001\uFFFF", null)]
    [InlineData("a\u0000b\tc\r\nd", "ab c  d")]
    [InlineData("\U0001F600", "\U0001F600")]
    public void Text_KeepsWhatXmlCanHold(string? text, string? expected) => Assert.Equal(expected, PrintableText.Of(text));

    [Fact]
    public void HalfOfAPair_IsReplaced() => Assert.Equal("a\uFFFDb", PrintableText.Of("a" + (char)0xD83D + "b"));

    private static List<(string?, string)> Users(XElement document) => [.. document.Descendants(Info + "user")
        .Select(u => (u.Element(Info + "display-text")?.Value, u.Element(Info + "roles")!.Element(Info + "entry")!.Value))];
}
