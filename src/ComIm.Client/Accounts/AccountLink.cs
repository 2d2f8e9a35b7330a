using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Client.Accounts;

/// <summary>
/// What lies between an account and its server: the transports, the flow that is kept open, the contact by which others reach us.
/// It moves where the server does, and where this computer's address does; moves come one after another.
/// </summary>
internal sealed class AccountLink : IAsyncDisposable
{
    private readonly ImAccount _account;
    private readonly SipStack _stack;
    private AccountTransports _transports;
    private FlowKeepAlive _keepAlive;

    public AccountLink(ImAccount account, SipStack stack, SipTarget server, AccountTransports transports)
    {
        _account = account;
        _stack = stack;
        _transports = transports;
        _keepAlive = NewKeepAlive(server);
        Contact = ContactOf(transports.Main);
    }

    /// <summary>Where we are reached.</summary>
    public SipUri Contact { get; private set; }

    /// <summary>Whether a connection or a port is the one to the server; others come and go.</summary>
    public bool IsFlow(ISipTransport transport, System.Net.IPEndPoint? remote) =>
        transport == _transports.Main && (remote is null || remote.Equals(_account.Agent.Outbound.EndPoint));

    /// <summary>The flow stands, and is kept so.</summary>
    public void OnRegistered() => _keepAlive.Start();

    /// <summary>Goes to a server, the same one or another, from where this computer is by now.</summary>
    /// <returns>Whether we are reached elsewhere from now on.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">There is no way to it.</exception>
    public async Task<bool> MoveToAsync(SipTarget server)
    {
        var isReached = _transports.Reach(server, _account.Options);
        if (isReached && server == _account.Agent.Outbound)
        {
            return false;
        }

        await _keepAlive.DisposeAsync().ConfigureAwait(false);
        _account.Agent.MoveTo(server);
        if (!isReached)
        {
            _transports = await AccountTransports.BindAsync(server, _account.Settings, _account.Options).ConfigureAwait(false);
            Contact = ContactOf(_transports.Main);
            await _stack.ReplaceAsync(_transports.All).ConfigureAwait(false);
        }

        _keepAlive = NewKeepAlive(server);
        return !isReached;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _keepAlive.DisposeAsync();

    private FlowKeepAlive NewKeepAlive(SipTarget server) => new(_transports.Main, server, _account.Options.TimeProvider);

    private SipUri ContactOf(ISipTransport transport)
    {
        var contact = new SipUri(_account.Uri.User, HostPort.Of(transport.LocalEndPoint));
        return transport.Kind switch
        {
            SipTransportKind.Udp => contact,
            SipTransportKind.Tcp => contact.WithParameter("transport", "tcp"),
            _ => contact.WithParameter("transport", "tls"),
        };
    }
}
