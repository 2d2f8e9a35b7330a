using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ComIm.Server.Storage;

/// <summary>Messages for users who are away, in SQLite. What it has said to be stored outlives a kill at any moment.</summary>
internal sealed class MessageStore : IDisposable
{
    // The key is what tells one message from another (RFC 3261 section 8.2.2.2): a sender that did not see our 202, since we
    // were killed before it, sends again, and has the message stored once.
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS message (
            id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, key TEXT NOT NULL, expires INTEGER NOT NULL, request BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS message_key ON message (user, key);
        """;

    private readonly MessageStoreOptions _options;
    private readonly SqliteWorker _worker;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    private MessageStore(MessageStoreOptions options, StoreCondition condition)
    {
        _options = options;
        Condition = condition;
        _worker = new SqliteWorker(options.Path, Schema + StateStore.Schema, condition);
    }

    /// <summary>What else is kept in the same file.</summary>
    public StateStore State { get; private set; } = null!;

    /// <summary>Whether it can be written.</summary>
    public StoreCondition Condition { get; }

    /// <summary>How many messages wait.</summary>
    public int Count { get; private set; }

    /// <summary>Opens the store.</summary>
    /// <param name="options">Where, and how much.</param>
    /// <param name="log">Is told when it cannot be written, and when it can again.</param>
    /// <exception cref="SqliteException">The file cannot be opened, or is no database.</exception>
    public static async Task<MessageStore> OpenAsync(MessageStoreOptions options, ILogger log)
    {
        var store = new MessageStore(options, new StoreCondition(options.Path, log));
        try
        {
            var counts = await store._worker.RunAsync(ReadCounts).ConfigureAwait(false);
            counts.ForEach(c => store.Reserve(c.User, c.Count));
            store.State = await StateStore.OpenAsync(store._worker).ConfigureAwait(false);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Whether anything waits for a user.</summary>
    /// <param name="user">The user part of the address.</param>
    public bool Has(string user)
    {
        lock (_gate)
        {
            return _counts.GetValueOrDefault(user) > 0;
        }
    }

    /// <summary>Stores a message; one of the same key is stored already.</summary>
    /// <param name="user">Its recipient.</param>
    /// <param name="key">What tells it from others.</param>
    /// <param name="expires">When it is worth nothing any more.</param>
    /// <param name="request">The request.</param>
    public async Task<StoreVerdict> AddAsync(string user, string key, DateTimeOffset expires, ReadOnlyMemory<byte> request)
    {
        if (request.Length > _options.MaxBytes)
        {
            return StoreVerdict.TooLarge;
        }

        lock (_gate)
        {
            if (Count >= _options.MaxTotal)
            {
                return StoreVerdict.Full;
            }

            if (_counts.GetValueOrDefault(user) >= _options.MaxPerUser)
            {
                return StoreVerdict.UserFull;
            }

            // Counted before it is written, so that many at once cannot go beyond the bound.
            Reserve(user, 1);
        }

        var added = 0;
        try
        {
            added = await _worker.RunAsync(c => Insert(c, user, key, expires, request)).ConfigureAwait(false);
        }
        catch (SqliteException)
        {
            return StoreVerdict.Unwritable;
        }
        finally
        {
            if (added == 0)
            {
                Reserve(user, -1);
            }
        }

        return StoreVerdict.Stored;
    }

    /// <summary>The oldest messages of a user.</summary>
    /// <param name="user">The recipient.</param>
    /// <param name="after">Only those with a higher number.</param>
    /// <param name="max">How many at most.</param>
    public Task<List<StoredMessage>> ReadAsync(string user, long after, int max) => _worker.RunAsync(c =>
    {
        using var command = Command(
            c, "SELECT id, expires, request FROM message WHERE user = $user AND id > $after ORDER BY id LIMIT $max",
            ("$user", user), ("$after", after), ("$max", max));
        using var reader = command.ExecuteReader();
        var found = new List<StoredMessage>();
        while (reader.Read())
        {
            found.Add(new StoredMessage(reader.GetInt64(0), DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(1)), (byte[])reader[2]));
        }

        return found;
    });

    /// <summary>Forgets a message of a user.</summary>
    /// <param name="user">The recipient.</param>
    /// <param name="id">Its number.</param>
    public async Task DeleteAsync(string user, long id)
    {
        var deleted = await _worker.RunAsync(c => Change(c, "DELETE FROM message WHERE id = $id", ("$id", id))).ConfigureAwait(false);
        Reserve(user, -deleted);
    }

    /// <summary>Forgets what has expired.</summary>
    /// <param name="now">The time.</param>
    /// <returns>How many.</returns>
    public async Task<int> ExpireAsync(DateTimeOffset now)
    {
        var (deleted, counts) = await _worker.RunAsync(c => (
            Change(c, "DELETE FROM message WHERE expires <= $now", ("$now", now.ToUnixTimeSeconds())), ReadCounts(c))).ConfigureAwait(false);
        if (deleted > 0)
        {
            lock (_gate)
            {
                // Messages being stored at this moment may be miscounted by as many; their bound is not so sharp.
                _counts.Clear();
                Count = 0;
                counts.ForEach(c => Reserve(c.User, c.Count));
            }
        }

        return deleted;
    }

    /// <summary>Writes what waits, and closes.</summary>
    public void Dispose() => _worker.Dispose();

    private static List<(string User, int Count)> ReadCounts(SqliteConnection connection)
    {
        using var command = Command(connection, "SELECT user, COUNT(*) FROM message GROUP BY user");
        using var reader = command.ExecuteReader();
        var counts = new List<(string, int)>();
        while (reader.Read())
        {
            counts.Add((reader.GetString(0), reader.GetInt32(1)));
        }

        return counts;
    }

    private static int Insert(SqliteConnection connection, string user, string key, DateTimeOffset expires, ReadOnlyMemory<byte> request) => Change(
        connection,
        "INSERT OR IGNORE INTO message (user, key, expires, request) VALUES ($user, $key, $expires, $request)",
        ("$user", user), ("$key", key), ("$expires", expires.ToUnixTimeSeconds()), ("$request", request.ToArray()));

    private static int Change(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the constants above; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private void Reserve(string user, int change)
    {
        lock (_gate)
        {
            Count += change;
            var count = _counts.GetValueOrDefault(user) + change;
            _ = count > 0 ? _counts[user] = count : _counts.Remove(user) ? 0 : 0;
        }
    }
}
