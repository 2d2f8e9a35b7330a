using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Messages;

/// <summary>URIs are the keys of tables: of who is watched, blocked, asked. What is equal must be found (RFC 3261 section 19.1.4).</summary>
public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@[2001:db8::1]", "sip:alice@[2001:DB8:0:0::1]")]
    [InlineData("sip:alice@[::ffff:192.0.2.1]", "sip:alice@[::ffff:c000:201]")]
    [InlineData("sip:alice@192.0.2.1", "sip:alice@192.000.002.001")]
    [InlineData("sip:alice@example.com", "sip:%61lice@EXAMPLE.com;x=y")]
    public void Equal_HasTheSameHash(string one, string other)
    {
        Assert.Equal(SipUri.Parse(one), SipUri.Parse(other));
        Assert.Contains(SipUri.Parse(other), new HashSet<SipUri> { SipUri.Parse(one) });
    }

    /// <summary>A contact that a user registers is compared with those that are there: its length must not cost its square.</summary>
    [Fact]
    public async Task Equal_OfManyParameters_IsFoundOutSoon()
    {
        string[] parameters = [.. Enumerable.Range(0, 60_000).Select(i => $";{i:x}")];
        var one = SipUri.Parse("sip:alice@example.com" + string.Concat(parameters));
        var other = SipUri.Parse("sip:alice@example.com" + string.Concat(parameters.Reverse()));

        Assert.True(await Task.Run(() => one.Equals(other)).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>The colon that begins a password is not the one that a user's name holds.</summary>
    [Fact]
    public void EscapedColon_IsNoPassword() =>
        Assert.NotEqual(SipUri.Parse("sip:alice:secret@example.com"), SipUri.Parse("sip:alice%3Asecret@example.com"));
}
