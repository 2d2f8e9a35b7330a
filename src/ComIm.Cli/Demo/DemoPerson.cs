using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;

namespace ComIm.Cli.Demo;

/// <summary>One person of the demo, and what has come in for them.</summary>
internal sealed class DemoPerson : IAsyncDisposable
{
    private readonly AccountSession _session;
    private readonly Channel<ChatMessage> _inbox = Channel.CreateUnbounded<ChatMessage>();

    /// <summary>Makes a person of a signed-in account.</summary>
    /// <param name="name">The name in the transcript.</param>
    /// <param name="session">The account.</param>
    public DemoPerson(string name, AccountSession session)
    {
        Name = name;
        _session = session;
        session.Account.MessageReceived += (_, e) => _inbox.Writer.TryWrite(e.Message);
    }

    /// <summary>The name in the transcript.</summary>
    public string Name { get; }

    /// <summary>The signed-in account.</summary>
    public ImAccount Account => _session.Account;

    /// <summary>The next message, in the order of their arrival.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<ChatMessage> NextMessageAsync(CancellationToken cancellationToken) => _inbox.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
