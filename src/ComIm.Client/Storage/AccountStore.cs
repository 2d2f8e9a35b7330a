using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Storage;

/// <summary>
/// Keeps <see cref="AccountData"/>. A change is written to a file beside the old one, which it then replaces: a kill at any moment
/// leaves the one or the other. The file before stays as a copy, and one that cannot be read is put aside, never written over.
/// </summary>
internal sealed class AccountStore
{
    private const string Name = "account.json";
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly AccountFolder? _folder;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private Task _changes = Task.CompletedTask;

    /// <summary>Reads what was kept.</summary>
    /// <param name="folder">Where; null keeps it in memory.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Is told of a damaged file.</param>
    /// <exception cref="ImException"><see cref="ImError.StorageFailed"/>: the file is of a later version, or cannot be opened.</exception>
    public AccountStore(AccountFolder? folder, TimeProvider time, ILogger log)
    {
        (_folder, _time) = (folder, time);
        Current = folder is null ? AccountData.Empty : Load(folder, log);
    }

    /// <summary>What is kept.</summary>
    public AccountData Current { get; private set; }

    /// <summary>What was wrong with the file at the start; null where nothing was.</summary>
    public ImException? LoadFailure { get; private set; }

    /// <summary>Changes what is kept. One change after the other; when it returns it is on the disk.</summary>
    /// <param name="change">Makes the new from the old.</param>
    /// <exception cref="ImException"><see cref="ImError.StorageFailed"/>: it could not be written, and is as it was.</exception>
    public async Task UpdateAsync(Func<AccountData, AccountData> change)
    {
        Task<ImException?> mine;
        lock (_gate)
        {
            // Off the caller's thread, which may be one that draws; one after the other, in the order of the calls.
            mine = _changes.ContinueWith(_ => TryUpdate(change), TaskScheduler.Default);
            _changes = mine;
        }

        if (await mine.ConfigureAwait(false) is { } failure)
        {
            throw failure;
        }
    }

    private ImException? TryUpdate(Func<AccountData, AccountData> change)
    {
        var next = change(Current);
        if (next == Current)
        {
            return null;
        }

        try
        {
            if (_folder is { IsOwned: false })
            {
                return AccountFolder.Failure($"Another program uses {_folder.Path}. Close it there, and sign in again.");
            }

            if (_folder is not null)
            {
                Save(_folder, next);
            }

            Current = next;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return AccountFolder.Failure($"{Path.Combine(_folder!.Path, Name)} could not be written: {e.Message}", e);
        }
    }

    private static void Save(AccountFolder folder, AccountData data)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(data, AccountDataJson.Default.AccountData);
        if (bytes.Length > MaxBytes)
        {
            throw new IOException($"It would be larger than {MaxBytes} bytes.");
        }

        var (file, next, before) = NamesIn(folder);
        using (var stream = AccountFolder.Create(next, FileMode.Create))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        if (File.Exists(file))
        {
            File.Copy(file, before, overwrite: true);
        }

        File.Move(next, file, overwrite: true);
    }

    private AccountData Load(AccountFolder folder, ILogger log)
    {
        var (file, _, before) = NamesIn(folder);
        try
        {
            if (!File.Exists(file))
            {
                return AccountData.Empty;
            }

            if (TryRead(file) is { } data)
            {
                return data;
            }

            var aside = string.Create(CultureInfo.InvariantCulture, $"{file}.damaged-{_time.GetUtcNow():yyyyMMddHHmmssfff}");
            if (folder.IsOwned)
            {
                File.Move(file, aside);
            }

            var copy = File.Exists(before) ? TryRead(before) : null;
            LoadFailure = AccountFolder.Failure(
                $"{file} is damaged and was put aside as {aside}; "
                + (copy is null ? "contacts and rules begin empty." : "contacts and rules are those before the last change."));
            log.LogError("{Failure}", LoadFailure.Message);
            return copy ?? AccountData.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AccountFolder.Failure($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static AccountData? TryRead(string file)
    {
        if (new FileInfo(file).Length > MaxBytes)
        {
            return null;
        }

        try
        {
            var data = JsonSerializer.Deserialize(File.ReadAllBytes(file), AccountDataJson.Default.AccountData);
            return data is { Version: > 1 }
                ? throw AccountFolder.Failure($"{file} was written by a later version of ComIm. Update this one.")
                : data;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string File, string Next, string Before) NamesIn(AccountFolder folder)
    {
        var file = Path.Combine(folder.Path, Name);
        return (file, file + ".new", file + ".before");
    }
}
