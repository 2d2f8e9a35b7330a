using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace ComIm.Server.Storage;

/// <summary>
/// The one thread that uses the database. What comes in while a transaction is being written to the disk goes into the next one
/// together, so that many messages share one flush; nobody is told before his is on the disk.
/// </summary>
internal sealed class SqliteWorker : IDisposable
{
    private const int MaxBatch = 512;

    private readonly BlockingCollection<Work> _queue = new(boundedCapacity: 10_000);
    private readonly SqliteConnection _connection;
    private readonly Thread _thread;

    /// <summary>Opens a database.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Statements that make what is missing.</param>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public SqliteWorker(string path, string schema)
    {
        SQLitePCL.Batteries_V2.Init();
        CreatePrivate(path);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();

        // WAL: a kill at any moment leaves whole transactions. FULL flushes the log at each commit, so that what was answered
        // 202 also outlives a loss of power; with NORMAL it would only outlive the process. A batch pays for the flush once.
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; " + schema);
        _thread = new Thread(Run) { IsBackground = true, Name = "ComIm message store" };
        _thread.Start();
    }

    /// <summary>Runs an action in the next transaction; the task ends once that is on the disk.</summary>
    /// <param name="action">What to do; it may not keep the connection.</param>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = default(T)!;
        _queue.Add(new Work(c => result = action(c), e => _ = e is null ? done.TrySetResult(result) : done.TrySetException(e)));
        return done.Task;
    }

    /// <summary>Writes what waits, and closes.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _connection.Dispose();
        _queue.Dispose();
    }

    /// <summary>
    /// Makes the file where there is none, so that only its owner reads what people write; SQLite gives the files beside it the same
    /// permissions. One that is there keeps its own.
    /// </summary>
    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path))
        {
            return;
        }

        try
        {
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // SQLite says what is wrong with it.
        }
    }

    private void Run()
    {
        var batch = new List<Work>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < MaxBatch && _queue.TryTake(out var next))
            {
                batch.Add(next);
            }

            Exception? failure = null;
            try
            {
                Execute("BEGIN IMMEDIATE");
                batch.ForEach(w => w.Act(_connection));
                Execute("COMMIT");
            }
            catch (SqliteException e)
            {
                failure = e;
                RollBack();
            }

            batch.ForEach(w => w.Done(failure));
        }
    }

    private void RollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Some failures have rolled back already.
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this folder.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private sealed record Work(Action<SqliteConnection> Act, Action<Exception?> Done);
}
