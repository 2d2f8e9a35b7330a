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
    public async Task SignIn_OfTheNextRun_WithTheSameDirectory_IsTheSameDevice()
    {
        await using var server = await TestServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("comim-instance-");
        try
        {
            var instances = new List<string?>();
            for (var run = 0; run < 2; run++)
            {
                await using var client = new ImClient(new ImClientOptions { DataDirectory = folder.FullName });
                await client.SignInAsync(server.SettingsOf("alice"));
                instances.Add(Assert.Single(server.Server.Location.Find("alice")).InstanceId);

                // Another program beside it is another device.
                await using var beside = new ImClient(new ImClientOptions { DataDirectory = folder.FullName });
                await beside.SignInAsync(server.SettingsOf("alice"));
                Assert.Equal(2, server.Server.Location.Find("alice").Count);
            }

            Assert.NotNull(instances[0]);
            Assert.Equal(instances[0], instances[1]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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
