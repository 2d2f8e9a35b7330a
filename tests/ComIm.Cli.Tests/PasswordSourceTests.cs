using ComIm.Cli.Options;
using ComIm.Cli.Terminal;

namespace ComIm.Cli.Tests;

public sealed class PasswordSourceTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("secret")]
    [InlineData("secret\n")]
    [InlineData("secret\r\nmore\r\n")]
    public async Task File_GivesItsFirstLine(string content)
    {
        await File.WriteAllTextAsync(_file, content);

        Assert.Equal("secret", await ReadAsync(_file, Context(variable: "other")));
    }

    [Fact]
    public async Task File_ThatBeginsWithAnEmptyLine_IsRefused()
    {
        await File.WriteAllTextAsync(_file, "\nsecret");

        var e = await Assert.ThrowsAsync<CliException>(() => ReadAsync(_file, Context()));
        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variable_ComesBeforeThePrompt() =>
        Assert.Equal("from-variable", await ReadAsync(null, Context("from-variable", _ => "typed")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Prompt_IsLast(string? variable) =>
        Assert.Equal("typed", await ReadAsync(null, Context(variable, question =>
        {
            Assert.Contains("alice@example.com", question, StringComparison.Ordinal);
            return "typed";
        })));

    private static Task<string> ReadAsync(string? file, CliContext context) =>
        PasswordSource.ReadAsync(file, "alice@example.com", context, CancellationToken.None);

    private static CliContext Context(string? variable = null, Func<string, string>? ask = null) => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        In = TextReader.Null,
        GetVariable = name => name == PasswordSource.Variable ? variable : null,
        AskPassword = ask,
    };
}
