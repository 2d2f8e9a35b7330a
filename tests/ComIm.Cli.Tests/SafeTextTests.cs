using ComIm.Cli.Terminal;

namespace ComIm.Cli.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("Grüße 👋", "Grüße 👋")]
    [InlineData("two\r\nlines", "two\n    lines")]
    [InlineData("two\rlines", "two\n    lines")]
    [InlineData("\u001b[2Jgone", "\uFFFD[2Jgone")]
    [InlineData("\u009b2Jgone\a", "\uFFFD2Jgone\uFFFD")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("x\u202Egnp.exe", "x\uFFFDgnp.exe")]
    [InlineData("\u2067x\u2069 \u200F\u05D0", "\uFFFDx\uFFFD \u200F\u05D0")]
    public void Indented_KeepsTextAndDisarmsTerminalControl(string text, string expected) =>
        Assert.Equal(expected, SafeText.Indented(text));

    [Theory]
    [InlineData("two\nlines\n", "two lines")]
    [InlineData("\u001b]0;title\u0007", "\uFFFD]0;title\uFFFD")]
    public void OneLine_IsOne(string text, string expected) => Assert.Equal(expected, SafeText.OneLine(text));
}
