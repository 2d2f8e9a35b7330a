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

    // https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Full = 13;

    private readonly BlockingCollection<Work> _queue = new(boundedCapacity: 10_000);
    private readonly StoreCondition _condition;
    private readonly SqliteConnection _connection;
    private readonly Thread _thread;

    /// <summary>Opens a database.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Statements that make what is missing.</param>
    /// <param name="condition">Is told whether it can be written.</param>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public SqliteWorker(string path, string schema, StoreCondition condition)
    {
        _condition = condition;
        SQLitePCL.Batteries_V2.Init();
        CreatePrivate(path);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();

            // WAL: a kill at any moment leaves whole transactions. FULL flushes the log at each commit, so that what was answered
            // 202 also outlives a loss of power; with NORMAL it would only outlive the process. A batch pays for the flush once.
            Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; " + schema);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

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

            Run(batch);
        }
    }

    private void Run(List<Work> batch)
    {
        var failure = TryWrite(batch);
        if (batch.Count == 1 || failure is null or SqliteException { SqliteErrorCode: Busy })
        {
            batch.ForEach(w => w.Done(failure));
            return;
        }

        // One that cannot be written takes down no others, and what only reads needs no space.
        foreach (var work in batch)
        {
            work.Done(TryWrite([work]));
        }
    }

    /// <summary>Does it in one transaction.</summary>
    /// <returns>Why nothing of it was done; null where all of it is on the disk.</returns>
    private Exception? TryWrite(List<Work> batch)
    {
        var before = SQLitePCL.raw.sqlite3_total_changes(_connection.Handle);
        try
        {
            Execute("BEGIN IMMEDIATE");
            batch.ForEach(w => w.Act(_connection));
            Execute("COMMIT");
        }
#pragma warning disable CA1031 // Who asked for it is told, and the others go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            RollBack();
            OnFailed(e);
            return e;
        }

        if (SQLitePCL.raw.sqlite3_total_changes(_connection.Handle) != before)
        {
            _condition.OnWritten();
        }

        return null;
    }

    private void OnFailed(Exception cause)
    {
        _condition.OnFailed(cause);
        if (cause is not SqliteException { SqliteErrorCode: Full })
        {
            return;
        }

        try
        {
            // Of a page that was written often the log holds each version; without them there may be space for the next.
            Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // There is no space for that either.
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
