using System.Globalization;
using System.Text;
using ComIm.Client.Messaging.Sending;

namespace ComIm.Client.Tests.Messaging.Sending;

public sealed class TextPiecesTests
{
    [Theory]
    [InlineData("one two three four", 9, "one two |three |four")]
    [InlineData("abcdefghij", 4, "abcd|efgh|ij")]
    [InlineData("a bcdefghij", 6, "a bcde|fghij")]
    [InlineData("", 4, "")]
    [InlineData("žžžž", 5, "žž|žž")]
    public void Text_IsCutBetweenWords_WhereThereAreAny(string text, int bytes, string expected) =>
        Assert.Equal(expected, string.Join('|', TextPieces.Cut(text, bytes)));

    [Fact]
    public void Text_OfAnyCharacters_IsWholeWhenPutTogether()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(300); i > 0; i--)
            {
                var code = random.Next(6) switch { 0 => 0x1F468, 1 => 0x200D, 2 => 0x301, 3 => 32, _ => random.Next(0x20, 0x11000) };
                text.Append(Rune.IsValid(code) ? new Rune(code).ToString() : "?");
            }

            var size = random.Next(64, 256);
            var pieces = TextPieces.Cut(text.ToString(), size);
            Assert.Equal(text.ToString(), string.Concat(pieces));
            Assert.All(pieces, p => Assert.InRange(Encoding.UTF8.GetByteCount(p), text.Length == 0 ? 0 : 1, size));
        }
    }

    [Fact]
    public void Character_MadeOfSeveral_IsNotCut()
    {
        var family = "👩\u200D👩\u200D👧";
        var pieces = TextPieces.Cut(string.Concat(Enumerable.Repeat(family, 20)), 64);
        Assert.All(pieces, p => Assert.True(StringInfo.ParseCombiningCharacters(p).Length * family.Length == p.Length));
    }
}
