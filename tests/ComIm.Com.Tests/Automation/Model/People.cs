using ComIm.Com.Automation;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Automation.Model;

/// <summary>Applications that are signed in to an embedded server.</summary>
internal sealed class People : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly List<Application> _applications = [];

    private People(TestServer server) => _server = server;

    public static async Task<People> StartAsync() => new(await TestServer.StartAsync());

    public Application SignIn(string user, bool autoAccept = true)
    {
        var application = new Application();
        application.ConversationsManager.AutoAccept = autoAccept;
        application.SignIn($"{user}@{TestServer.Domain}", "secret-" + user, _server.Address, "tcp");
        _applications.Add(application);
        return application;
    }

    public static string AddressOf(string user) => $"sip:{user}@{TestServer.Domain}";

    public string ServerAddress => _server.Address;

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications)
        {
            application.SignOut();
        }

        await _server.DisposeAsync();
    }
}
