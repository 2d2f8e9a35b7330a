using ComIm.Client.Conversations;

namespace ComIm.PowerShell;

/// <summary>The connections of this process and the one that is used where none is named.</summary>
internal static class ConnectionTable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);
    private static readonly Lock Gate = new();
    private static readonly List<ImConnection> Connections = [];
    private static int _lastId;

    /// <summary>The connection that was made last, or made the default last, and is still open; null where there is none.</summary>
    public static ImConnection? Default
    {
        get
        {
            lock (Gate)
            {
                return Connections.Count > 0 ? Connections[^1] : null;
            }
        }
    }

    /// <summary>Every connection, in the order of their numbers.</summary>
    public static IReadOnlyList<ImConnection> All
    {
        get
        {
            lock (Gate)
            {
                return [.. Connections.OrderBy(connection => connection.Id)];
            }
        }
    }

    /// <summary>Enters a connection, which becomes the default.</summary>
    /// <param name="connection">The connection, signed in.</param>
    public static void Add(ImConnection connection)
    {
        lock (Gate)
        {
            if (_lastId == 0)
            {
                // A session that just ends would leave its accounts looking signed in until their registrations lapse.
                AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();
            }

            connection.Id = ++_lastId;
            Connections.Add(connection);
        }
    }

    /// <summary>Makes a connection the default; one that is closed is passed over.</summary>
    /// <param name="connection">The connection.</param>
    public static void MakeDefault(ImConnection connection)
    {
        lock (Gate)
        {
            if (Connections.Remove(connection))
            {
                Connections.Add(connection);
            }
        }
    }

    /// <summary>The connection that a conversation belongs to; null where it is closed.</summary>
    /// <param name="conversation">The conversation.</param>
    public static ImConnection? OwnerOf(Conversation conversation) =>
        All.FirstOrDefault(connection => connection.Account.Conversations.Contains(conversation));

    /// <summary>Takes a connection out; the one made before it becomes the default again.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>False where it was not there any more.</returns>
    public static bool Remove(ImConnection connection)
    {
        lock (Gate)
        {
            return Connections.Remove(connection);
        }
    }

    /// <summary>
    /// Signs everyone out, within a bounded time: the engine waits for it while the module is removed or the session ends.
    /// </summary>
    public static void CloseAll()
    {
        ImConnection[] open;
        lock (Gate)
        {
            open = [.. Connections];
            Connections.Clear();
        }

        using var limit = new CancellationTokenSource(CloseLimit, TimeProvider.System);
        var closing = Task.WhenAll(open.Select(connection => Task.Run(() => connection.CloseAsync(limit.Token))));

        // A failure to say goodbye is nobody's concern any more: the registration lapses by itself.
        Task.WhenAny(closing, Task.Delay(CloseLimit, TimeProvider.System, CancellationToken.None)).GetAwaiter().GetResult();
    }
}
