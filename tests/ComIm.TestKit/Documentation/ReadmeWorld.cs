using System.Net;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Server;

namespace ComIm.TestKit;

/// <summary>What the READMEs take for granted: a server with alice, bob and carol, on which bob and carol are signed in, and bob answers.</summary>
public sealed class ReadmeWorld : IAsyncDisposable
{
    private readonly ImServer _server;
    private readonly ImClient _client = new();

    private ReadmeWorld(ImServer server) => _server = server;

    public string Address => _server.LocalEndPoint.ToString();

    public static async Task<ReadmeWorld> StartAsync()
    {
        string[] people = ["alice", "bob", "carol"];
        var world = new ReadmeWorld(await ImServer.StartAsync(new ImServerOptions
        {
            Domain = "example.com",
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Users = new UserList(people.Select(person => $"{person}:{ReadmeBlock.ExamplePassword}")),
        }));
        foreach (var person in people[1..])
        {
            var account = await world._client.SignInAsync(new ImAccountSettings
            {
                Address = $"{person}@example.com", Password = ReadmeBlock.ExamplePassword, Server = world.Address,
            });
            account.MessageReceived += (_, e) =>
            {
                if (person == "bob")
                {
                    _ = account.SendAsync(e.Message.From, "You said: " + e.Message.Text);
                }
            };
        }

        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }
}
