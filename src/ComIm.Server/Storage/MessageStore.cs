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
            id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, key TEXT NOT NULL, expires INTEGER NOT NULL, request BLOB NOT NULL,
            sender TEXT NOT NULL DEFAULT '');
        CREATE UNIQUE INDEX IF NOT EXISTS message_key ON message (user, key);
        """;

    private readonly MessageStoreOptions _options;
    private readonly SqliteWorker _worker;
    private readonly MailboxCounts _counts;

    private MessageStore(MessageStoreOptions options, StoreCondition condition)
    {
        _options = options;
        _counts = new MailboxCounts(options);
        Condition = condition;
        _worker = new SqliteWorker(options.Path, Schema + StateStore.Schema, condition);
    }

    /// <summary>What else is kept in the same file.</summary>
    public StateStore State { get; private set; } = null!;

    /// <summary>Whether it can be written.</summary>
    public StoreCondition Condition { get; }

    /// <summary>How many messages wait.</summary>
    public int Count => _counts.Total;

    /// <summary>Opens the store.</summary>
    /// <param name="options">Where, and how much.</param>
    /// <param name="log">Is told when it cannot be written, and when it can again.</param>
    /// <exception cref="SqliteException">The file cannot be opened, or is no database.</exception>
    public static async Task<MessageStore> OpenAsync(MessageStoreOptions options, ILogger log)
    {
        var store = new MessageStore(options, new StoreCondition(options.Path, log));
        try
        {
            await store._worker.RunAsync(AddSender).ConfigureAwait(false);
            store._counts.Reset(await store._worker.RunAsync(ReadCounts).ConfigureAwait(false));
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
    public bool Has(string user) => _counts.Has(user);

    /// <summary>Stores a message; one of the same key is stored already.</summary>
    /// <param name="user">Its recipient.</param>
    /// <param name="sender">Who sent it, and has proved to be so.</param>
    /// <param name="key">What tells it from others.</param>
    /// <param name="expires">When it is worth nothing any more.</param>
    /// <param name="request">The request.</param>
    public async Task<StoreVerdict> AddAsync(string user, string sender, string key, DateTimeOffset expires, ReadOnlyMemory<byte> request)
    {
        if (request.Length > _options.MaxBytes)
        {
            return StoreVerdict.TooLarge;
        }

        if (_counts.TryReserve(user, sender) is not StoreVerdict.Stored and var refusal)
        {
            return refusal;
        }

        var added = 0;
        try
        {
            added = await _worker.RunAsync(c => Insert(c, user, sender, key, expires, request)).ConfigureAwait(false);
        }
        catch (SqliteException)
        {
            return StoreVerdict.Unwritable;
        }
        finally
        {
            if (added == 0)
            {
                _counts.Release(user, sender, 1);
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
            c, "SELECT id, expires, request, sender FROM message WHERE user = $user AND id > $after ORDER BY id LIMIT $max",
            ("$user", user), ("$after", after), ("$max", max));
        using var reader = command.ExecuteReader();
        var found = new List<StoredMessage>();
        while (reader.Read())
        {
            found.Add(new StoredMessage(reader.GetInt64(0), DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(1)), (byte[])reader[2], reader.GetString(3)));
        }

        return found;
    });

    /// <summary>Forgets a message of a user.</summary>
    /// <param name="user">The recipient.</param>
    /// <param name="message">The message.</param>
    public async Task DeleteAsync(string user, StoredMessage message)
    {
        var deleted = await _worker.RunAsync(c => Change(c, "DELETE FROM message WHERE id = $id", ("$id", message.Id))).ConfigureAwait(false);
        _counts.Release(user, message.Sender, deleted);
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
            // Messages being stored at this moment may be miscounted by as many; their bound is not so sharp.
            _counts.Reset(counts);
        }

        return deleted;
    }

    /// <summary>Writes what waits, and closes.</summary>
    public void Dispose() => _worker.Dispose();

    /// <summary>A file of before senders were kept gets their column; whoever sent what waits in it, it counts for nobody.</summary>
    private static int AddSender(SqliteConnection connection)
    {
        using var command = Command(connection, "SELECT COUNT(*) FROM pragma_table_info('message') WHERE name = 'sender'");
        return (long)command.ExecuteScalar()! > 0 ? 0 : Change(connection, "ALTER TABLE message ADD COLUMN sender TEXT NOT NULL DEFAULT ''");
    }

    private static List<(string User, string Sender, int Count)> ReadCounts(SqliteConnection connection)
    {
        using var command = Command(connection, "SELECT user, sender, COUNT(*) FROM message GROUP BY user, sender");
        using var reader = command.ExecuteReader();
        var counts = new List<(string, string, int)>();
        while (reader.Read())
        {
            counts.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
        }

        return counts;
    }

    private static int Insert(
        SqliteConnection connection, string user, string sender, string key, DateTimeOffset expires, ReadOnlyMemory<byte> request) => Change(
        connection,
        "INSERT OR IGNORE INTO message (user, sender, key, expires, request) VALUES ($user, $sender, $key, $expires, $request)",
        ("$user", user), ("$sender", sender), ("$key", key), ("$expires", expires.ToUnixTimeSeconds()), ("$request", request.ToArray()));

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
}
