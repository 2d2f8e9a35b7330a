using System.Text;
using ComIm.Client.Messaging;
using ComIm.Client.Messaging.Sending;
using ComIm.Sip.Bodies;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Messaging;

public sealed class PartialMessagesTests
{
    private const string Alice = "sip:alice@example.com";

    private readonly ManualTimeProvider _time = new();
    private readonly PartialMessages _partial;

    public PartialMessagesTests() => _partial = new PartialMessages(_time);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    public void Content_CutAndSentInPieces_IsPutTogether(int length)
    {
        var content = MessageContent.Html("<b>žluťoučký kůň</b>");
        var pieces = PartialContent.Cut(content, "id", length);
        ReadOnlyMemory<byte>? whole = null;
        foreach (var piece in pieces)
        {
            Assert.Null(whole);
            whole = Add(piece, out var status);
            Assert.Equal(200, status);
        }

        var body = SipBody.DecodeEntity(whole!.Value).Body!;
        Assert.Equal(content.ContentType, body.Type.ToString());
        Assert.Equal(content.Bytes.ToArray(), body.Content.ToArray());
    }

    [Fact]
    public void Fragments_TwiceOrOutOfOrder_AreCountedOnce()
    {
        Assert.Null(Add(1, "a", 3, out _));
        Assert.Null(Add(1, "a", 3, out _));
        Assert.Null(Add(3, "c", 3, out _));
        Assert.Equal("abc", Encoding.ASCII.GetString(Add(2, "b", 3, out _)!.Value.Span));
    }

    [Fact]
    public void Fragment_WhoseBeginningIsNotKnown_IsRefused()
    {
        Assert.Null(Add(2, "b", 3, out var status));
        Assert.Equal(400, status);
    }

    [Fact]
    public void Fragments_OfSomebodyElse_AreNotMixedIn()
    {
        Add(1, "a", 2, out _);
        Assert.Null(_partial.Add("sip:carol@example.com", Fragment("id", 2, "b", 2), out var status));
        Assert.Equal(400, status);
    }

    [Fact]
    public void Fragments_ThatNeverEnd_AreForgotten()
    {
        Add(1, "a", 2, out _);
        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.Null(Add(2, "b", 2, out var status));
        Assert.Equal(400, status);
    }

    [Fact]
    public void Incomplete_BeyondTheBound_AreRefused()
    {
        for (var i = 0; i < 64; i++)
        {
            Assert.Null(_partial.Add("sip:user" + (i % 8) + "@example.com", Fragment("id" + i, 1, "a", 2), out var taken));
            Assert.Equal(200, taken);
        }

        _partial.Add(Alice, Fragment("one more", 1, "a", 2), out var status);
        Assert.Equal(480, status);
        Assert.NotNull(_partial.Add("sip:user7@example.com", Fragment("id7", 2, "b", 2), out _));
    }

    [Fact]
    public void Content_BeyondTheBound_IsRefused()
    {
        var status = 200;
        for (var i = 1; i < 100 && status == 200; i++)
        {
            Add(i, new string('x', 100_000), 100, out status);
        }

        Assert.Equal(413, status);
    }

    [Theory]
    [InlineData("message/partial;number=1;total=2")]
    [InlineData("message/partial;id=x;total=2")]
    [InlineData("message/partial;id=x;number=0;total=2")]
    [InlineData("message/partial;id=x;number=-1;total=2")]
    [InlineData("message/partial;id=x;number=99999999999;total=2")]
    public void Fragment_ThatSaysTooLittle_IsRefused(string type)
    {
        _partial.Add(Alice, Decode(type, "a"), out var status);
        Assert.Equal(400, status);
    }

    [Fact]
    public void Fragments_MoreThanTheBound_AreRefused()
    {
        Add(1, "a", 5000, out var status);
        Assert.Equal(413, status);
    }

    private ReadOnlyMemory<byte>? Add(int number, string text, int total, out int status) =>
        _partial.Add(Alice, Fragment("id", number, text, total), out status);

    private ReadOnlyMemory<byte>? Add(MessageContent piece, out int status) =>
        _partial.Add(Alice, Decode(piece.ContentType, Encoding.Latin1.GetString(piece.Bytes.Span)), out status);

    private static SipBody Fragment(string id, int number, string text, int total) =>
        Decode($"message/partial;id=\"{id}\";number={number};total={total}", text);

    private static SipBody Decode(string type, string text) =>
        SipBody.DecodeEntity(Encoding.Latin1.GetBytes($"Content-Type: {type}\r\n\r\n{text}")).Body!;
}
