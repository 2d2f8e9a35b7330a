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
    public void File_GivesItsFirstLine(string content)
    {
        File.WriteAllText(_file, content);

        Assert.Equal("secret", PasswordSource.Read(_file, "alice@example.com", Context(variable: "other")));
    }

    [Fact]
    public void File_ThatBeginsWithAnEmptyLine_IsRefused()
    {
        File.WriteAllText(_file, "\nsecret");

        var e = Assert.Throws<CliException>(() => PasswordSource.Read(_file, "alice@example.com", Context()));
        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variable_ComesBeforeThePrompt() =>
        Assert.Equal("from-variable", PasswordSource.Read(null, "alice@example.com", Context("from-variable", _ => "typed")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Prompt_IsLast(string? variable) =>
        Assert.Equal("typed", PasswordSource.Read(null, "alice@example.com", Context(variable, question =>
        {
            Assert.Contains("alice@example.com", question, StringComparison.Ordinal);
            return "typed";
        })));

    private static CliContext Context(string? variable = null, Func<string, string>? ask = null) => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        In = TextReader.Null,
        GetVariable = name => name == PasswordSource.Variable ? variable : null,
        AskPassword = ask,
    };
}
