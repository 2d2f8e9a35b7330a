using System.Text;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Transport;

public sealed class SipStreamFramerTests
{
    private const string Good = "OPTIONS sip:example.com SIP/2.0\r\nCall-ID: one\r\nContent-Length: 4\r\n\r\nbody";
    private const string GoodToo = "OPTIONS sip:example.com SIP/2.0\r\nCall-ID: two\r\nl: 0\r\n\r\n";

    public static TheoryData<string> Flows => [.. Directory.GetFiles(FlowsFolder, "*.sip").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private static string FlowsFolder => Path.Combine(AppContext.BaseDirectory, "Data", "flows");

    [Theory]
    [MemberData(nameof(Flows))]
    public void Flow_WholeByteByByteAndAtEverySplit_GivesTheSame(string file)
    {
        // Some of the messages were printed for UDP, without the length that a stream needs.
        var bytes = WithLength(File.ReadAllBytes(Path.Combine(FlowsFolder, file)));
        var whole = Read([bytes]);
        Assert.Equal(Describe([SipParser.ParseDatagram(bytes)]), whole);
        Assert.Equal(whole, Read(bytes.Select(b => new[] { b })));
        for (var split = 1; split < bytes.Length; split++)
        {
            Assert.Equal(whole, Read([bytes[..split], bytes[split..]]));
        }
    }

    [Fact]
    public void Flows_OneBehindTheOther_AreCutApart()
    {
        var all = Directory.GetFiles(FlowsFolder, "*.sip").Order(StringComparer.Ordinal).Select(f => WithLength(File.ReadAllBytes(f))).ToList();
        var expected = Describe(all.Select(bytes => SipParser.ParseDatagram(bytes)));
        var stream = all.SelectMany(b => b).ToArray();
        foreach (var size in new[] { 1, 7, 1000, 16 * 1024, stream.Length })
        {
            Assert.Equal(expected, Read(stream.Chunk(size)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void LineEnds_BetweenMessages_AreCountedAndHarmless(int read)
    {
        var framer = new SipStreamFramer();
        var lineEnds = 0;
        var results = new List<SipParseResult>();
        foreach (var chunk in Encoding.UTF8.GetBytes("\r\n\r\n" + Good + "\r\n" + GoodToo + "\r\n\r\n").Chunk(read))
        {
            framer.Feed(chunk);
            while (framer.TryRead(out var result))
            {
                results.Add(result);
            }

            lineEnds += framer.TakeLineEnds();
        }

        Assert.Equal(["one", "two"], results.Select(r => r.Message!.CallId));
        Assert.Equal(5, lineEnds);
    }

    [Theory]
    [InlineData("", SipRejection.InvalidContentLength)]
    [InlineData("Content-Length: four\r\n", SipRejection.InvalidContentLength)]
    [InlineData("Content-Length: -1\r\n", SipRejection.InvalidContentLength)]
    [InlineData("Content-Length: 99999999999\r\n", SipRejection.InvalidContentLength)]
    [InlineData("Content-Length: 1048577\r\n", SipRejection.BodyTooLong)]
    [InlineData("Content-Length: 4\r\nl: 5\r\n", SipRejection.RepeatedHeader)]
    public void Length_ThatCannotBeTrusted_BreaksTheStream(string length, SipRejection expected)
    {
        var framer = new SipStreamFramer();
        framer.Feed(Encoding.UTF8.GetBytes($"OPTIONS sip:example.com SIP/2.0\r\nCall-ID: bad\r\n{length}\r\nbody{Good}"));
        Assert.True(framer.TryRead(out var result));
        Assert.Equal(expected, result.Rejection);
        Assert.Equal("bad", result.Message!.CallId);
        Assert.True(framer.IsBroken);
        Assert.False(framer.TryRead(out _));
    }

    [Fact]
    public void Length_TooShort_LeavesARestThatIsNoMessage()
    {
        var framer = new SipStreamFramer();
        framer.Feed(Encoding.UTF8.GetBytes("OPTIONS sip:example.com SIP/2.0\r\nCall-ID: one\r\nContent-Length: 2\r\n\r\nbody\r\n\r\n"));
        Assert.True(framer.TryRead(out var first));
        Assert.Equal("bo", first.Message!.BodyText);
        Assert.True(framer.TryRead(out var rest));
        Assert.NotEqual(SipRejection.None, rest.Rejection);
        Assert.True(framer.IsBroken);
    }

    [Fact]
    public void Length_TooLong_WaitsForTheRest()
    {
        var framer = new SipStreamFramer();
        framer.Feed(Encoding.UTF8.GetBytes("OPTIONS sip:example.com SIP/2.0\r\nContent-Length: 5\r\n\r\nbody"));
        Assert.False(framer.TryRead(out _));
        Assert.False(framer.IsBroken);
        framer.Feed("!"u8);
        Assert.True(framer.TryRead(out var result));
        Assert.Equal("body!", result.Message!.BodyText);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public void Head_WithoutEnd_BreaksTheStreamAtTheLimit(int read)
    {
        var framer = new SipStreamFramer(new SipLimits { MaxHeadLength = 2000 });
        var fed = 0;
        var result = default(SipParseResult);
        foreach (var chunk in Enumerable.Repeat((byte)'x', 100_000).Chunk(read))
        {
            framer.Feed(chunk);
            fed += chunk.Length;
            if (framer.TryRead(out result))
            {
                break;
            }
        }

        Assert.Equal(SipRejection.HeadTooLong, result.Rejection);
        Assert.True(framer.IsBroken);
        Assert.InRange(fed, 2001, 2000 + read);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(100_000)]
    public void FaultyMessage_BetweenTwoGoodOnes_CostsOnlyItself(int read)
    {
        var faulty = "OPTIONS sip:example.com SIP/2.0\r\nCall-ID: bad\r\nno colon here\r\nContent-Length: 6\r\n\r\nINVITE";
        var results = Results(Encoding.UTF8.GetBytes(Good + faulty + GoodToo).Chunk(read), out var broken);
        Assert.Equal(["one", "bad", "two"], results.Select(r => r.Message!.CallId));
        Assert.Equal([SipRejection.None, SipRejection.InvalidHeaderName, SipRejection.None], results.Select(r => r.Rejection));
        Assert.False(broken);
    }

    [Fact]
    public void LargeMessage_AmongMany_IsNotMixedWithThem()
    {
        var large = "MESSAGE sip:example.com SIP/2.0\r\nCall-ID: large\r\nContent-Length: 900000\r\n\r\n" + new string('x', 900_000);
        var stream = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Good, 1000)) + large + string.Concat(Enumerable.Repeat(GoodToo, 1000)));
        var results = Results(stream.Chunk(16 * 1024), out var broken);
        Assert.False(broken);
        Assert.Equal(2001, results.Count);
        Assert.Equal(900_000, results[1000].Message!.Body.Length);
        Assert.Equal("two", results[2000].Message!.CallId);
    }

    private static byte[] WithLength(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var message = SipParser.ParseDatagram(bytes).Message!;
        return message.Headers.Contains(HeaderId.ContentLength)
            ? bytes
            : Encoding.Latin1.GetBytes($"{text[..(end - 2)]}Content-Length: {bytes.Length - end}\r\n\r\n{text[end..]}");
    }

    private static string Read(IEnumerable<byte[]> chunks) => Describe(Results(chunks, out _));

    private static List<SipParseResult> Results(IEnumerable<byte[]> chunks, out bool broken)
    {
        var framer = new SipStreamFramer();
        var results = new List<SipParseResult>();
        foreach (var chunk in chunks)
        {
            framer.Feed(chunk);
            while (framer.TryRead(out var result))
            {
                results.Add(result);
            }
        }

        broken = framer.IsBroken;
        return results;
    }

    private static string Describe(IEnumerable<SipParseResult> results) => string.Join("\n---\n", results.Select(r => $"{r.Rejection}\n{r.Message}"));
}
