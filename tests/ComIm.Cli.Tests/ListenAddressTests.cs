using ComIm.Cli.Options;

namespace ComIm.Cli.Tests;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:5070", "127.0.0.1:5070")]
    [InlineData("127.0.0.1", "127.0.0.1:5060")]
    [InlineData("127.0.0.1:0", "127.0.0.1:0")]
    [InlineData("localhost:5070", "127.0.0.1:5070")]
    [InlineData("localhost", "127.0.0.1:5060")]
    [InlineData("[::1]:5070", "[::1]:5070")]
    [InlineData("::1", "[::1]:5060")]
    [InlineData("0.0.0.0:5060", "0.0.0.0:5060")]
    public void Parse_Address_IsRead(string text, string expected) => Assert.Equal(expected, ListenAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("example.com:5060")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("5060")]
    [InlineData(":5060")]
    [InlineData("5060:5060")]
    [InlineData("127.1:5060")]
    [InlineData("127.0.0.010")]
    [InlineData("127.0.0.1:sip")]
    public void Parse_AnythingElse_IsAUsageError(string text) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<CliException>(() => ListenAddress.Parse(text)).ExitCode);
}
