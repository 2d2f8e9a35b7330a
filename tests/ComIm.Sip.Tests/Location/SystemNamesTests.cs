using System.Net;
using ComIm.Sip.Location;

namespace ComIm.Sip.Tests.Location;

public sealed class SystemNamesTests
{
    [Fact]
    public void ResolvConf_Servers_InTheirOrderUpToThree()
    {
        string[] lines =
        [
            "# nameserver 192.0.2.1", "search example.com", "nameserver 192.0.2.2", "nameserver\t2001:db8::53  # the other",
            "nameserver nonsense", "  nameserver 192.0.2.3", "nameserver 192.0.2.4", "nameserver", "",
        ];
        Assert.Equal(["192.0.2.2:53", "[2001:db8::53]:53", "192.0.2.3:53"], ResolvConf.ReadServers(lines).Select(s => s.ToString()));
    }

    [Fact]
    public void HostsFile_Name_HasItsAddresses()
    {
        string[] lines =
        [
            "127.0.0.1 localhost", "192.0.2.1\tsip.example.com sip", "2001:db8::1 SIP.example.com # comment",
            "192.0.2.2 other.sip.example.com", "192.0.2.3 x # sip.example.com", "nonsense sip.example.com", "192.0.2.1 sip.example.com",
        ];
        Assert.Equal([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")], HostsFile.Find(lines, "sip.example.com"));
        Assert.Equal([IPAddress.Parse("192.0.2.1")], HostsFile.Find(lines, "SIP"));
        Assert.Empty(HostsFile.Find(lines, "example.com"));
    }

    [Fact]
    public async Task SystemNames_Localhost_IsKnown() =>
        Assert.Contains(await new SystemNames().ResolveAsync("localhost", default), IPAddress.IsLoopback);

    [Theory]
    [InlineData("5060")]
    [InlineData("127.1")]
    [InlineData("0x7f.0.0.1")]
    public async Task SystemNames_Number_IsNoAddress(string host) => Assert.Empty(await new SystemNames().ResolveAsync(host, default));

    [Fact]
    public void SystemDnsServers_OfThisComputer_CanBeRead() =>
        Assert.All(new SystemDnsServers(TimeProvider.System).Get(), s => Assert.Equal(53, s.Port));
}
