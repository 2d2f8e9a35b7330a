using ComIm.Sip.Bodies;

namespace ComIm.Sip.Tests.Bodies;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("text/plain", "text/plain", null, null)]
    [InlineData(" Text / PLAIN ; charset = UTF-8 ", "text/plain", "charset", "UTF-8")]
    [InlineData("text/plain;charset=\"utf-8\"", "text/plain", "charset", "utf-8")]
    [InlineData("multipart/mixed;boundary=\"a; b=\\\"c\\\"\"", "multipart/mixed", "boundary", "a; b=\"c\"")]
    [InlineData("multipart/mixed;boundary=----=_Part/1", "multipart/mixed", "boundary", "----=_Part/1")]
    [InlineData("text/plain; charset=UTF-8;msgr=WAAtAE0A/+==", "text/plain", "msgr", "WAAtAE0A/+==")]
    [InlineData("text/plain;", "text/plain", null, null)]
    [InlineData("text/plain;;x=1; ", "text/plain", "X", "1")]
    [InlineData("text/plain;x=\"a\tž\"", "text/plain", "x", "a\tž")]
    [InlineData("text/plain;flowed", "text/plain", "flowed", "")]
    [InlineData("application/vnd.example+xml", "application/vnd.example+xml", null, null)]
    public void Parse_Good_GivesNameAndParameter(string text, string name, string? parameter, string? value)
    {
        Assert.True(MediaType.TryParse(text, out var type));
        Assert.Equal(name, type.Name);
        Assert.True(type.Is(name.ToUpperInvariant()));
        if (parameter is not null)
        {
            Assert.Equal(value, type.Parameters.Get(parameter));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("text/")]
    [InlineData("/plain")]
    [InlineData("te xt/plain")]
    [InlineData("text/plain/x")]
    [InlineData("text/plain charset=utf-8")]
    [InlineData("text/plain;charset=")]
    [InlineData("text/plain;=utf-8")]
    [InlineData("text/plain;charset=\"utf-8")]
    [InlineData("text/plain;charset=\"utf-8\"x")]
    [InlineData("text/plain;charset=utf 8")]
    [InlineData("text/plain;a=1;A=2")]
    [InlineData("text/plain, text/html")]
    [InlineData("text/plain;x=\"a\r\nX-Evil: 1\"")]
    [InlineData("text/plain;x=\"a\nb\"")]
    [InlineData("text/plain;x=\"a\rb\"")]
    [InlineData("text/plain;x=\"a\\\rb\"")]
    [InlineData("text/plain;x=\"a\0b\"")]
    [InlineData("text/plain;x=\"a\u0001b\"")]
    [InlineData("text/plain;x=\"a\u007Fb\"")]
    [InlineData("text/plain;x=a\u001Bb")]
    public void Parse_Bad_IsRefused(string? text) => Assert.False(MediaType.TryParse(text, out _));

    [Theory]
    [InlineData("text/plain", "TEXT/Plain", true)]
    [InlineData("text/plain;a=1;b=2", "text/plain; B=2; A=\"1\"", true)]
    [InlineData("text/plain;charset=utf-8", "text/plain;charset=UTF-8", true)]
    [InlineData("multipart/mixed;boundary=a", "multipart/mixed;boundary=A", false)]
    [InlineData("text/plain", "text/plain;a=1", false)]
    [InlineData("text/plain", "text/html", false)]
    public void Equality_FollowsMime(string a, string b, bool equal)
    {
        Assert.True(MediaType.TryParse(a, out var left));
        Assert.True(MediaType.TryParse(b, out var right));
        Assert.Equal(equal, left.Equals(right));
        Assert.Equal(equal, right.Equals(left));
        Assert.True(!equal || left.GetHashCode() == right.GetHashCode());
    }

    [Fact]
    public void With_ValueThatIsNoToken_IsQuotedAndReadBack()
    {
        var type = new MediaType("Text", "Plain").With("charset", "utf-8").With("name", "a \"b\"; c");
        Assert.Equal("text/plain;charset=utf-8;name=\"a \\\"b\\\"; c\"", type.ToString());
        Assert.True(MediaType.TryParse(type.ToString(), out var read));
        Assert.Equal(type, read);
        Assert.Equal("a \"b\"; c", read.Parameters.Get("name"));
        Assert.Throws<ArgumentException>(() => new MediaType("text", "pl ain"));
        Assert.Throws<ArgumentException>(() => type.With("x", "a\r\nX-Evil: 1"));
    }
}
