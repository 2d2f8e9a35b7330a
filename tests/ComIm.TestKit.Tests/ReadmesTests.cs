namespace ComIm.TestKit.Tests;

public sealed class ReadmesTests
{
    [Fact]
    public void Block_HasItsLanguageItsLineAndItsOutput()
    {
        var block = Assert.Single(Parse(
            """
            Words.

            ```bash
            comim --version
            ```
            ```text
            0.1.0…
            ```
            """));

        Assert.Equal(("a.md", 4, "bash", "comim --version", (string?)null, "0.1.0…"), (block.File, block.Line, block.Language, block.Text, block.NotRunHere, block.Output));
    }

    [Theory]
    [InlineData("Not run here (real Windows):", "real Windows")]
    [InlineData("The rest is not run here (another server: your DNS).", "another server: your DNS")]
    [InlineData("Not run here.", null)]
    [InlineData("Not run here (no time):", null)]
    public void Mark_CountsOnlyWithOneOfTheReasons(string line, string? expected) =>
        Assert.Equal(expected, Assert.Single(Parse($"{line}\n\n```python\nprint()\n```")).NotRunHere);

    [Fact]
    public void Mark_IsForTheBlockBehindItOnly() =>
        Assert.Equal(["real Windows", null], Parse("Not run here (real Windows):\n\n```bat\na\n```\n\nThen:\n\n```bat\nb\n```").Select(b => b.NotRunHere));

    [Fact]
    public void BlockInAList_IsReadWithoutItsIndent() =>
        Assert.Equal("a\n  b", Assert.Single(Parse("1. First:\n\n   ```bash\n   a\n     b\n   ```")).Text);

    private static ReadmeBlock[] Parse(string text) => [.. Readmes.BlocksOf("a.md", text.ReplaceLineEndings("\n").Split('\n'))];
}
