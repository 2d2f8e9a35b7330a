using ComIm.Client.History;
using ComIm.Sip.Messages;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Storage;

/// <summary>What an account keeps: in its folder, or in memory where it has none.</summary>
internal sealed class AccountStorage : IDisposable
{
    private readonly AccountFolder? _folder;

    private AccountStorage(AccountFolder? folder, ImClientOptions options, ILogger log)
    {
        _folder = folder;
        Data = new AccountStore(folder, options.TimeProvider, log);
        Seen = folder is null ? null : new SeenLog(folder, log);
        History = folder is null || !options.KeepHistory ? null : new HistoryStore(folder, log);
    }

    /// <summary>Names the device across runs; null where nothing of it is kept.</summary>
    public Guid? InstanceId => _folder?.InstanceId;

    /// <summary>Contacts and rules.</summary>
    public AccountStore Data { get; }

    /// <summary>The messages that were shown; null where they are kept in memory.</summary>
    public SeenLog? Seen { get; }

    /// <summary>What was written; null where it is kept in memory.</summary>
    public HistoryStore? History { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="ImException"><see cref="ImError.StorageFailed"/>: what is there cannot be read.</exception>
    public static AccountStorage Open(ImClientOptions options, SipUri address)
    {
        var log = options.LoggerFactory.CreateLogger<AccountStorage>();
        var folder = AccountFolder.Open(options, address.AddressOfRecord);
        try
        {
            if (folder is { IsOwned: false })
            {
                log.LogWarning("Another program uses {Folder}: nothing of this one is kept", folder.Path);
            }

            return new AccountStorage(folder, options, log);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder?.Dispose();
            throw AccountFolder.Failure($"The data of {address} in {folder?.Path} cannot be read: {e.Message}", e);
        }
        catch
        {
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Lets another program own the folder.</summary>
    public void Dispose()
    {
        Seen?.Dispose();
        _folder?.Dispose();
    }
}
