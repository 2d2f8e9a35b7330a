namespace ComIm.PowerShell.Tests.Engine;

/// <summary>Addresses whose host is an IPv6 address, where wildcards are allowed: its brackets are no set of characters.</summary>
public sealed class AddressTests
{
    private const string SignIn = "$a = Connect-ImServer alice@example.com $alice -Server $at\n";

    [SkippableFact]
    public async Task Ipv6Host_StandsForItself_BesideWildcards() => Assert.Equal(
        ["sip:dave@[2001:db8::1]", "sip:dave@[2001:db8::1]", "sip:dave@[2001:db8::1]", "sip:dave@[2001:db8::1]", "sip:bob@example.com"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            Add-ImContact 'dave@[2001:db8::1]'
            Add-ImContact bob@example.com
            Get-ImContact 'dave@[2001:db8::1]' | ForEach-Object SipAddress
            Get-ImContact 'sip:DAVE@[2001:DB8::1]' | ForEach-Object SipAddress
            Get-ImContact 'd*@[2001:db8::1]' | ForEach-Object SipAddress
            Get-ImContact '[cd]ave@*' | ForEach-Object SipAddress
            Get-ImContact '[abc]ob@*' | ForEach-Object SipAddress
            """));

    /// <summary>It was sought among the contacts, and nothing came of it, not even an error.</summary>
    [SkippableFact]
    public async Task PresenceAtAnIpv6Host_IsAskedFor() => Assert.Equal(
        ["erin@[2001:db8::1]"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            Get-ImPresence 'erin@[2001:db8::1]' -ErrorVariable e -ErrorAction SilentlyContinue
            $e.TargetObject
            """));
}
