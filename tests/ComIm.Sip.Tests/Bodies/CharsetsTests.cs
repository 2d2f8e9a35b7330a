using System.Text;
using ComIm.Sip.Bodies;

namespace ComIm.Sip.Tests.Bodies;

public sealed class CharsetsTests
{
    [Theory]
    [InlineData(null, "C3A9", "é")]
    [InlineData(null, "EFBBBFC3A9", "é")]
    [InlineData("UTF-8", "EFBBBFC3A9", "é")]
    [InlineData("utf-8", "61FF62", "a\uFFFDb")]
    [InlineData("us-ascii", "6162", "ab")]
    [InlineData("US-ASCII", "C3A9", "é")]
    [InlineData("ISO-8859-1", "E9", "é")]
    [InlineData("windows-1252", "80E9", "€é")]
    [InlineData("utf-16", "FFFEE900", "é")]
    [InlineData("utf-16", "FEFF00E9", "é")]
    [InlineData("utf-16", "00E9", "é")]
    [InlineData("UTF-16LE", "E900", "é")]
    [InlineData("UTF-16BE", "00E9", "é")]
    [InlineData(null, "FFFEE900", "é")]
    [InlineData("utf-8", "", "")]
    public void Decode_Known_GivesText(string? charset, string bytes, string expected)
    {
        Assert.True(Charsets.TryDecode(Convert.FromHexString(bytes), charset, out var text));
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("koi8-r")]
    [InlineData("no such charset")]
    public void Decode_Unknown_IsRefused(string charset)
    {
        Assert.False(Charsets.TryDecode("x"u8, charset, out _));
        Assert.False(Charsets.IsKnown(charset));
    }

    [Fact]
    public void Decode_OddUtf16_DoesNotThrow() => Assert.True(Charsets.TryDecode(Encoding.ASCII.GetBytes("abc"), "utf-16", out _));
}
