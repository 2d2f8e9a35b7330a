using ComIm.Sip.Trace;
using static ComIm.Sip.Tests.Trace.TraceEntries;

namespace ComIm.Sip.Tests.Trace;

public sealed class SipTraceLadderTests
{
    private static readonly SipTraceLadderOptions Named = new() { Names = Names };

    [Fact]
    public void Format_ThreeParties_DrawsAColumnForEachAndOneArrowForEachMessage()
    {
        var request = Request("Max-Forwards: 70\n");
        var ladder = SipTraceLadder.Format(
            [
                Sent(Alice, Proxy, 0, request),
                Received(Alice, Proxy, 0.001, request),
                Sent(Proxy, Bob, 0.002, request),
                Received(Bob, Proxy, 0.013, Response(200, "OK")),
                Sent(Proxy, Alice, 1.5, Response(200, "OK")),
            ],
            Named);
        Assert.Equal(
            """
                       alice                                   server                                  bob
                 0.000 |---- MESSAGE sip:bob@example.com ----->|                                       |  UDP
                 0.002 |                                       |---- MESSAGE sip:bob@example.com ----->|  UDP
                 0.013 |                                       |<--------------- 200 OK ---------------|  UDP
                 1.500 |<--------------- 200 OK ---------------|                                       |  UDP

            """.ReplaceLineEndings("\n"),
            ladder);
    }

    [Fact]
    public void Format_Retransmission_IsDrawnAgain()
    {
        var request = Request("Max-Forwards: 70\n");
        var ladder = SipTraceLadder.Format([Sent(Alice, Proxy, 0, request), Sent(Alice, Proxy, 0.5, request), Received(Alice, Proxy, 0.6, request)], Named);
        Assert.Equal(3, ladder.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Format_ArrowOverAColumn_ReachesFromPartyToParty()
    {
        var request = Request("Max-Forwards: 70\n");
        var options = Named with { ColumnWidth = 20 };
        var ladder = SipTraceLadder.Format([Sent(Alice, Proxy, 0, request), Sent(Proxy, Bob, 1, request), Sent(Alice, Bob, 2, request)], options);
        var lines = ladder.Split('\n');
        Assert.Equal("     2.000 |---- MESSAGE sip:bob@example.com ----->|  UDP", lines[3]);
        Assert.Equal("     0.000 |- MESSAGE sip:b… ->|                   |  UDP", lines[1]);
    }

    [Fact]
    public void Format_ManyParties_AreBounded()
    {
        var entries = Enumerable.Range(1, 50).Select(i => Sent(Alice, new System.Net.IPEndPoint(new System.Net.IPAddress([192, 0, 2, 9]), 6000 + i), i, Request("Max-Forwards: 70\n")));
        var ladder = SipTraceLadder.Format(entries, Named with { MaxParties = 3 });
        Assert.Contains("(others)", ladder.Split('\n')[0], StringComparison.Ordinal);
        Assert.All(ladder.Split('\n'), line => Assert.InRange(line.Length, 0, 11 + (2 * 40) + 20));
    }

    [Fact]
    public void Format_WithText_IndentsHeadersAndShowsBodiesOnlyWhenAsked()
    {
        var entry = Sent(Alice, Proxy, 0, Request("Content-Type: text/plain\nContent-Length: 14\n", "meet at\n10:00"));
        var without = SipTraceLadder.Format([entry], Named with { HasText = true });
        Assert.Contains("          : Content-Length: 14\n", without, StringComparison.Ordinal);
        Assert.DoesNotContain("meet at", without, StringComparison.Ordinal);

        var with = SipTraceLadder.Format([entry], Named with { HasText = true, HasBodies = true });
        Assert.Contains("          : meet at\n          : 10:00\n", with, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_LongText_IsCut()
    {
        var entry = Sent(Alice, Proxy, 0, Request("Content-Type: text/plain\n", new string('x', 5000)));
        var text = SipTraceLadder.Format([entry], Named with { HasText = true, HasBodies = true, MaxTextLength = 1000 });
        Assert.Contains("characters more", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1000, 2000);
    }

    [Fact]
    public void Format_Nothing_IsEmpty() => Assert.Equal(string.Empty, SipTraceLadder.Format([]));

    [Theory]
    [InlineData("\r     9.000 |--- 200 OK --->|")]
    [InlineData("\u001b[2K\u001b[1Aforged")]
    [InlineData("\u2028forged")]
    [InlineData("\u202Edegrof")]
    [InlineData("\u0085forged\u009b31m")]
    public void Format_HostilePeer_CannotForgeALine(string attack)
    {
        var entry = Received(Alice, Proxy, 0, Request($"Subject: {attack.Replace("\r", "\n ", StringComparison.Ordinal)}\nContent-Type: text/plain\n", $"x\n     9.000 forged{attack}"));
        var response = Received(Alice, Proxy, 1, Response(200, "OK" + attack.Replace('\r', '\u000b')));
        var text = SipTraceLadder.Format([entry, response], Named with { HasText = true, HasBodies = true });
        var harmful = text.Where(c => (char.IsControl(c) && c != '\n') || c is '\u2028' or '\u202E').ToList();
        Assert.Empty(harmful);
        var rungs = text.Split('\n').Skip(1).Where(l => l.Length > 0 && !l.StartsWith("          : ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rungs.Count);
        Assert.StartsWith("     0.000 ", rungs[0], StringComparison.Ordinal);
        Assert.StartsWith("     1.000 ", rungs[1], StringComparison.Ordinal);
    }

    [Fact]
    public void FormatLine_Entry_IsOneLineWithOffsetNamesAndTransport()
    {
        var entry = Received(Alice, Proxy, 2.25, Request("Max-Forwards: 70\n"));
        Assert.Equal("     2.250 server <- alice  UDP  MESSAGE sip:bob@example.com\n", SipTraceLadder.FormatLine(entry, Start, Named));
    }
}
