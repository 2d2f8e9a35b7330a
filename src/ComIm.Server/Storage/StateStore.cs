using Microsoft.Data.Sqlite;

namespace ComIm.Server.Storage;

/// <summary>
/// What the server knows of each user and must not forget: where he is, who may watch him. A value is replaced as a whole, and beside
/// the messages in one database, so that all of it shares the flushes.
/// </summary>
internal sealed class StateStore
{
    /// <summary>Makes the table where it is missing.</summary>
    public const string Schema = "CREATE TABLE IF NOT EXISTS state (kind TEXT NOT NULL, user TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, user)) WITHOUT ROWID;";

    private readonly SqliteWorker _worker;

    private StateStore(SqliteWorker worker, IReadOnlyList<(string Kind, string User, byte[] Value)> saved)
    {
        _worker = worker;
        Saved = saved;
    }

    /// <summary>What was there at the start.</summary>
    public IReadOnlyList<(string Kind, string User, byte[] Value)> Saved { get; }

    /// <summary>Reads what is there.</summary>
    /// <param name="worker">The database.</param>
    public static async Task<StateStore> OpenAsync(SqliteWorker worker) => new(worker, await worker.RunAsync(ReadAll).ConfigureAwait(false));

    /// <summary>Keeps a value; the task ends once it is on the disk.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="user">Of whom.</param>
    /// <param name="current">Gives the value as it is when it is written, so that the last one written is the newest; null removes it.</param>
    public Task SaveAsync(string kind, string user, Func<byte[]?> current) => _worker.RunAsync(connection =>
    {
        using var command = connection.CreateCommand();
        command.Parameters.AddWithValue("$kind", kind);
        command.Parameters.AddWithValue("$user", user);
        if (current() is { } value)
        {
            command.CommandText = "INSERT OR REPLACE INTO state (kind, user, value) VALUES ($kind, $user, $value)";
            command.Parameters.AddWithValue("$value", value);
        }
        else
        {
            command.CommandText = "DELETE FROM state WHERE kind = $kind AND user = $user";
        }

        return command.ExecuteNonQuery();
    });

    private static List<(string Kind, string User, byte[] Value)> ReadAll(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT kind, user, value FROM state";
        using var reader = command.ExecuteReader();
        var all = new List<(string, string, byte[])>();
        while (reader.Read())
        {
            all.Add((reader.GetString(0), reader.GetString(1), (byte[])reader[2]));
        }

        return all;
    }
}
