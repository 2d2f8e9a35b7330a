using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Messages;

public sealed class ViaPartsTests
{
    [Theory]
    [InlineData('\0')]
    [InlineData('\r')]
    [InlineData('\n')]
    public void Via_WithWhatCannotBeWritten_IsRefused(char c) =>
        Assert.False(ViaHeader.TryParseFirst($"SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;x=\"a{c}b\"", out _));
}
