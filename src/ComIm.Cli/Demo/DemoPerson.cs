using System.Threading.Channels;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;

namespace ComIm.Cli.Demo;

/// <summary>One person of the demo: a client of their own, and what has come in for them.</summary>
internal sealed class DemoPerson : IAsyncDisposable
{
    private readonly ImClient _client;
    private readonly Channel<ChatMessage> _inbox = Channel.CreateUnbounded<ChatMessage>();

    private DemoPerson(string name, ImClient client, ImAccount account)
    {
        Name = name;
        Account = account;
        _client = client;
        account.MessageReceived += (_, e) => _inbox.Writer.TryWrite(e.Message);
    }

    /// <summary>The name in the transcript.</summary>
    public string Name { get; }

    /// <summary>The signed-in account.</summary>
    public ImAccount Account { get; }

    /// <summary>Signs a person in.</summary>
    /// <param name="name">The name in the transcript.</param>
    /// <param name="settings">Who signs in, and where.</param>
    /// <param name="options">The clock and the trace.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public static async Task<DemoPerson> SignInAsync(
        string name, ImAccountSettings settings, ImClientOptions options, CancellationToken cancellationToken)
    {
        var client = new ImClient(options);
        try
        {
            return new DemoPerson(name, client, await client.SignInAsync(settings, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The next message, in the order of their arrival.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<ChatMessage> NextMessageAsync(CancellationToken cancellationToken) => _inbox.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
