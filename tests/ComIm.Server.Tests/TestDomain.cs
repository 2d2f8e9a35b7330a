using System.Net;

namespace ComIm.Server.Tests;

/// <summary>A server of example.com on a free loopback port, with alice, bob and carol.</summary>
internal static class TestDomain
{
    public const string Name = "example.com";

    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(25);

    public static Task<ImServer> StartAsync(Func<ImServerOptions, ImServerOptions>? change = null)
    {
        var options = new ImServerOptions
        {
            Domain = Name,
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Users = new UserList(["alice:secret-alice", "bob:secret-bob", "carol:secret-carol"]),
        };
        return ImServer.StartAsync(change?.Invoke(options) ?? options);
    }
}
