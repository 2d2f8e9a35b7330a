using ComIm.Client;
using ComIm.Client.Accounts;

namespace ComIm.Cli;

/// <summary>One signed-in account with a client of its own, signed out at the end whatever has happened.</summary>
internal sealed class AccountSession : IAsyncDisposable
{
    /// <summary>A server that has gone must not hold the prompt for as long as SIP would ask it again.</summary>
    private static readonly TimeSpan SignOutLimit = TimeSpan.FromSeconds(2);

    private readonly ImClient _client;
    private readonly TimeProvider _clock;

    private AccountSession(ImClient client, ImAccount account, TimeProvider clock)
    {
        _client = client;
        _clock = clock;
        Account = account;
    }

    /// <summary>The account.</summary>
    public ImAccount Account { get; }

    /// <summary>Signs in.</summary>
    /// <param name="settings">Who, and where.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="trace">What is told of every SIP message, or null.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public static async Task<AccountSession> OpenAsync(
        ImAccountSettings settings, TimeProvider clock, Action<ImTraceEntry>? trace, CancellationToken cancellationToken)
    {
        var client = new ImClient(new ImClientOptions { TimeProvider = clock, Trace = trace });
        try
        {
            var account = await client.SignInAsync(settings, cancellationToken).ConfigureAwait(false);
            return new AccountSession(client, account, clock);
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(SignOutLimit, _clock);
        try
        {
            await Account.SignOutAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ImException or OperationCanceledException)
        {
            // What the command was for has been done or has failed by now; the registration lapses by itself.
        }

        await _client.DisposeAsync().ConfigureAwait(false);
    }
}
