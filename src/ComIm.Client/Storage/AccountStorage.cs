using ComIm.Sip.Messages;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Storage;

/// <summary>What an account keeps: in its folder, or in memory where it has none.</summary>
internal sealed class AccountStorage : IDisposable
{
    private readonly AccountFolder? _folder;

    private AccountStorage(AccountFolder? folder, AccountStore data)
    {
        _folder = folder;
        Data = data;
    }

    /// <summary>Contacts and rules.</summary>
    public AccountStore Data { get; }

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

            return new AccountStorage(folder, new AccountStore(folder, options.TimeProvider, log));
        }
        catch
        {
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Lets another program own the folder.</summary>
    public void Dispose() => _folder?.Dispose();
}
