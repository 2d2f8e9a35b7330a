using System.Net;
using ComIm.TestKit;

namespace ComIm.Faults.Tests.Chats;

/// <summary>The server that a chat goes through: the one of the house, or Kamailio.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly IAsyncDisposable _server;

    private ChatServer(IAsyncDisposable server, IPEndPoint endPoint) => (_server, EndPoint) = (server, endPoint);

    public IPEndPoint EndPoint { get; }

    public static async Task<ChatServer> StartAsync(string kind, TimeProvider time)
    {
        if (kind == "embedded")
        {
            var embedded = await TestServer.StartAsync(time: time);
            return new ChatServer(embedded, embedded.Server.LocalEndPoint);
        }

        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        var kamailio = await KamailioServer.StartAsync();
        return new ChatServer(kamailio, kamailio.EndPoint);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
