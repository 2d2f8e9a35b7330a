using ComIm.Client;
using ComIm.Client.Accounts;

namespace ComIm.PowerShell;

/// <summary>A signed-in account, as <c>Connect-ImServer</c> hands it out.</summary>
public sealed class ImConnection : IAsyncDisposable
{
    private readonly ImClient _client;
    private ImAccount? _account;

    internal ImConnection(string? dataDirectory = null, bool keepsHistory = false)
    {
        Watches = new WatchList(this);
        _client = new ImClient(new ImClientOptions
        {
            DataDirectory = dataDirectory,
            KeepHistory = keepsHistory,
            Trace = entry =>
            {
                Traced?.Invoke(entry);
                TraceTable.Write(this, entry);
            },
        });
    }

    /// <summary>A short number for people to tell connections apart.</summary>
    public int Id { get; internal set; }

    /// <summary>Who is signed in.</summary>
    public string Address => Account.Address;

    /// <summary>The server, as it was named, or the domain of the address.</summary>
    public string Server => Account.Server;

    /// <summary>How the server is reached now.</summary>
    public ImTransport Transport => Account.Transport;

    /// <summary>Where the account stands.</summary>
    public ImAccountState State => Account.State;

    /// <summary>Whether it is the one that cmdlets use where none is named.</summary>
    public bool IsDefault => ConnectionTable.Default == this;

    /// <summary>The account beneath, for what no cmdlet does. It exists from sign-in on, and nobody sees a connection earlier.</summary>
    public ImAccount Account => _account ?? throw new InvalidOperationException("The connection has not signed in.");

    /// <summary>Every SIP message of the connection, for <c>-Verbose</c>.</summary>
    internal event Action<ImTraceEntry>? Traced;

    /// <summary>What has come in and was not received yet.</summary>
    internal ReceivedMessages Received { get; } = new();

    /// <summary>Whom the script watches.</summary>
    internal WatchList Watches { get; }

    /// <summary>Makes it the one that cmdlets use where none is named.</summary>
    public void MakeDefault() => ConnectionTable.MakeDefault(this);

    /// <summary>The address.</summary>
    public override string ToString() => Address;

    /// <summary>Signs out and closes, for scripts that hold the object alone.</summary>
    public ValueTask DisposeAsync()
    {
        ConnectionTable.Remove(this);
        return _client.DisposeAsync();
    }

    internal async Task SignInAsync(ImAccountSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            _account = await _client.SignInAsync(settings, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await _client.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _account.MessageReceived += (_, e) => Received.Add(e.Message);
        _account.StateChanged += (_, e) =>
        {
            if (e.NewState is ImAccountState.SignedOut or ImAccountState.Rejected)
            {
                Received.Complete();
            }
        };
    }

    /// <summary>Gives it up, wherever the sign-in stands.</summary>
    internal async Task DiscardAsync() => await _client.DisposeAsync().ConfigureAwait(false);

    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Account.SignOutAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _client.DisposeAsync().ConfigureAwait(false);
            Received.Complete();
        }
    }
}
