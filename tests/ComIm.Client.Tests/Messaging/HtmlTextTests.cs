using ComIm.Client.Messaging;

namespace ComIm.Client.Tests.Messaging;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("<b>disk</b> full", "disk full")]
    [InlineData("one<br>two<br/>three", "one\ntwo\nthree")]
    [InlineData("one<br><br>two", "one\n\ntwo")]
    [InlineData("<p>one</p>\r\n<p>two</p>", "one\ntwo")]
    [InlineData("<ul><li>a<li>b</ul>", "a\nb")]
    [InlineData("Gr&uuml;&szlig;e &amp; 2 &lt; 3 &#x1F40E;", "Grüße & 2 < 3 🐎")]
    [InlineData("much   \t space\r\nhere", "much space here")]
    [InlineData("a<b and c", "a")]
    [InlineData("1 < 2", "1 < 2")]
    [InlineData("<!-- hidden --->seen", "seen")]
    [InlineData("<!-- never closed", "")]
    [InlineData("<html><head><title>t</title><style>b{}</style></head><body>seen</body></html>", "seen")]
    [InlineData("<script>if (a<b) alert('<p>')</script>seen", "seen")]
    [InlineData("<div style=\"color:red\">red</div>", "red")]
    [InlineData("<", "<")]
    [InlineData("</", "</")]
    [InlineData("<b", "")]
    [InlineData("", "")]
    public void Html_ReadByPeople_HasItsWordsOnly(string html, string expected) => Assert.Equal(expected, HtmlText.ToPlain(html));

    [Fact]
    public void Html_ThatOpensEverythingAndClosesNothing_IsReadInOnePass()
    {
        var html = string.Concat(Enumerable.Repeat("<style>", 50_000));
        Assert.Equal(string.Empty, HtmlText.ToPlain(html));
    }
}
