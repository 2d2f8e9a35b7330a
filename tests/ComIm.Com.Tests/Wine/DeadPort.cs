using System.Net;
using System.Net.Sockets;

namespace ComIm.Com.Tests.Wine;

/// <summary>A port that is taken, and that nobody listens at; one that is merely free may be somebody's a moment later.</summary>
internal sealed class DeadPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public DeadPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>host:port</summary>
    public string Address => _socket.LocalEndPoint!.ToString()!;

    public void Dispose() => _socket.Dispose();
}
