using ComIm.TestKit;

namespace ComIm.Client.Tests;

public sealed class InstanceTests
{
    [Fact]
    public async Task SignIn_SameInstanceAfterACrash_ReplacesTheOldBinding()
    {
        await using var server = await TestServer.StartAsync();
        var settings = server.SettingsOf("alice") with { InstanceId = Guid.NewGuid() };
        await using var crashed = new ImClient();
        await crashed.SignInAsync(settings);
        await using var again = new ImClient();
        await again.SignInAsync(settings);
        Assert.Equal($"urn:uuid:{settings.InstanceId:D}", Assert.Single(server.Server.Location.Find("alice")).InstanceId);
    }

    [Fact]
    public async Task SignIn_TwoClientsWithoutInstance_AreTwoDevices()
    {
        await using var server = await TestServer.StartAsync();
        await using var one = new ImClient();
        await using var two = new ImClient();
        await one.SignInAsync(server.SettingsOf("alice"));
        await two.SignInAsync(server.SettingsOf("alice"));
        Assert.Equal(2, server.Server.Location.Find("alice").Select(b => b.InstanceId).Distinct().Count());
    }
}
