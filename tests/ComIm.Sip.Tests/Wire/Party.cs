using System.Net;
using System.Threading.Channels;
using ComIm.Sip.Authentication;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Wire;

/// <summary>A user agent on a wire: stack, dialogs and sessions.</summary>
internal sealed class Party : IAsyncDisposable
{
    private readonly Channel<ServerTransaction> _requests = Channel.CreateUnbounded<ServerTransaction>();

    public Party(MemoryWire wire, TimeProvider time, string name, int port, int outbound, SessionTimerOptions? timer = null, SipTransportKind kind = SipTransportKind.Udp)
    {
        Transport = wire.Attach(port, kind);
        Stack = new SipStack([Transport], HandleAsync, new SipStackOptions { TimeProvider = time }) { Filter = Dialogs };
        Agent = new SipUserAgent(
            Stack, new SipTarget(kind, new IPEndPoint(IPAddress.Loopback, outbound)), new RequestAuthenticator(new SipCredential(name, "secret-" + name)), "test");
        Sessions = new SessionAgent(Agent, Dialogs, new SessionOptions
        {
            Identity = new NameAddress(SipUri.Parse($"sip:{name}@example.com")),
            Contact = new NameAddress(SipUri.Parse($"sip:{name}@127.0.0.1:{port}")),
            Timer = timer ?? new SessionTimerOptions(),
        });
        Stack.Start();
    }

    public MemoryTransport Transport { get; }

    public SipStack Stack { get; }

    public DialogTable Dialogs { get; } = new();

    public SipUserAgent Agent { get; }

    public SessionAgent Sessions { get; }

    /// <summary>The next request outside a dialog.</summary>
    public async Task<ServerTransaction> RequestAsync() =>
        await _requests.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async Task<IncomingInvite> InviteAsync(ISessionHandler handler) => Sessions.Receive(await RequestAsync(), handler)!;

    public ValueTask DisposeAsync() => Stack.DisposeAsync();

    private Task HandleAsync(ServerTransaction transaction)
    {
        _requests.Writer.TryWrite(transaction);
        return Task.CompletedTask;
    }
}
