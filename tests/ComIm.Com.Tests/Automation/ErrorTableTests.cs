using ComIm.Client;
using ComIm.Com.Automation;

namespace ComIm.Com.Tests.Automation;

public sealed class ErrorTableTests
{
    [Theory]
    [InlineData(ImError.RecipientUnknown, 404, 0x80EF0194u)]
    [InlineData(ImError.AuthenticationFailed, 401, 0x80EF0191u)]
    [InlineData(ImError.AuthenticationFailed, 0, 0x80EE0011u)]
    [InlineData(ImError.ServerNotFound, 0, 0x80EE0066u)]
    [InlineData(ImError.ServerUnreachable, 0, 0x80EE0067u)]
    [InlineData(ImError.Timeout, 0, 0x80EE000Cu)]
    [InlineData(ImError.Timeout, 408, 0x80EF0198u)]
    [InlineData(ImError.BadAddress, 0, 0x80EE0012u)]
    [InlineData(ImError.NotSignedIn, 0, 0x80EE006Du)]
    public void Failures_have_the_numbers_of_the_UCC_API(ImError error, int status, uint expected) =>
        Assert.Equal(unchecked((int)expected), ErrorTable.ToHResult(error, status));

    [Fact]
    public void Every_cause_has_a_failure_code_of_its_own()
    {
        var codes = Enum.GetValues<ImError>().Select(e => ErrorTable.ToHResult(e, 0)).ToList();
        Assert.All(codes, code => Assert.True(code < 0));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Fact]
    public void The_text_is_passed_on()
    {
        var error = ErrorTable.Translate(new ImException(ImError.RecipientUnknown, "No such person.", 404, "Not Found"));
        Assert.Equal("No such person.", error.Message);
        Assert.Equal("ComIm", error.Source);
    }
}
