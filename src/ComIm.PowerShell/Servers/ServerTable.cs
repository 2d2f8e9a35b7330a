using ComIm.Server;

namespace ComIm.PowerShell;

/// <summary>The embedded servers of this process.</summary>
internal static class ServerTable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);
    private static readonly Lock Gate = new();
    private static readonly List<ImServer> Servers = [];

    /// <summary>Every server that runs.</summary>
    public static IReadOnlyList<ImServer> All
    {
        get
        {
            lock (Gate)
            {
                return [.. Servers];
            }
        }
    }

    /// <summary>Enters a server.</summary>
    /// <param name="server">The server.</param>
    public static void Add(ImServer server)
    {
        lock (Gate)
        {
            Servers.Add(server);
        }
    }

    /// <summary>Takes a server out.</summary>
    /// <param name="server">The server.</param>
    /// <returns>False where it was not there any more.</returns>
    public static bool Remove(ImServer server)
    {
        lock (Gate)
        {
            return Servers.Remove(server);
        }
    }

    /// <summary>Stops every server, within a bounded time.</summary>
    public static void CloseAll()
    {
        var closing = Task.WhenAll(All.Where(Remove).Select(server => Task.Run(() => server.DisposeAsync().AsTask())));
        Task.WhenAny(closing, Task.Delay(CloseLimit, TimeProvider.System, CancellationToken.None)).GetAwaiter().GetResult();
    }
}
