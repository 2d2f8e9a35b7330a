using ComIm.Client;
using ComIm.Client.Accounts;

namespace ComIm.PowerShell;

/// <summary>A signed-in account, as <c>Connect-ImServer</c> hands it out.</summary>
public sealed class ImConnection : IAsyncDisposable
{
    private readonly ImClient _client;
    private ImAccount? _account;

    internal ImConnection(ImAccountSettings settings)
    {
        Server = settings.Server;
        Transport = settings.Transport;
        _client = new ImClient(new ImClientOptions { Trace = entry => Traced?.Invoke(entry) });
    }

    /// <summary>A short number for people to tell connections apart.</summary>
    public int Id { get; internal set; }

    /// <summary>Who is signed in.</summary>
    public string Address => Account.Address;

    /// <summary>The server that was named, or null for the domain of the address.</summary>
    public string? Server { get; }

    /// <summary>How the server is reached.</summary>
    public ImTransport Transport { get; }

    /// <summary>Where the account stands.</summary>
    public ImAccountState State => Account.State;

    /// <summary>Whether it is the one that cmdlets use where none is named.</summary>
    public bool IsDefault => ConnectionTable.Default == this;

    /// <summary>Every SIP message of the connection, for <c>-Verbose</c>.</summary>
    internal event Action<ImTraceEntry>? Traced;

    /// <summary>The account beneath. It exists from sign-in on, and nobody sees a connection earlier.</summary>
    internal ImAccount Account => _account ?? throw new InvalidOperationException("The connection has not signed in.");

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
    }

    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Account.SignOutAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _client.DisposeAsync().ConfigureAwait(false);
        }
    }
}
