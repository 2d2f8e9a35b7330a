using System.Globalization;
using System.Net;
using System.Text;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// A registrar and a peer in one, who writes without waiting for answers, as none of our clients would: so many messages are
/// on their way at once.
/// </summary>
internal sealed class BurstPeer : ISessionHandler, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly SessionBody Offer = new(
        "application/sdp", Encoding.ASCII.GetBytes("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=session\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 5060 sip null\r\na=accept-types:text/plain\r\n"));

    private readonly TcpTransport _transport = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly TaskCompletionSource<SipUri> _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DialogTable _dialogs = new();
    private readonly SipStack _stack;

    public BurstPeer()
    {
        _stack = new SipStack([_transport], HandleAsync) { Filter = _dialogs };
        _stack.Start();
    }

    public IPEndPoint EndPoint => _transport.LocalEndPoint;

    /// <summary>Waits until somebody has registered, and begins a session with them.</summary>
    public async Task<InviteSession> CallAsync()
    {
        var contact = await _registered.Task.WaitAsync(Patience);
        var target = new SipTarget(SipTransportKind.Tcp, new IPEndPoint(IPAddress.Parse(contact.Host), contact.Port!.Value));
        var sessions = new SessionAgent(
            new SipUserAgent(_stack, target, new RequestAuthenticator(null), "peer"),
            _dialogs,
            new SessionOptions
            {
                Identity = new NameAddress(SipUri.Parse("sip:bob@example.com")),
                Contact = new NameAddress(SipUri.Parse($"sip:bob@{EndPoint};transport=tcp")),
            });
        var outcome = await sessions.Invite(SipUri.Parse("sip:alice@example.com"), Offer, this).Completion.WaitAsync(Patience);
        return outcome.Session ?? throw new InvalidOperationException($"refused: {outcome.Outcome}");
    }

    /// <summary>Sends "message 0" and so on, all before the first answer; the statuses of the answers.</summary>
    public static async Task<IReadOnlyList<int>> SendAsync(InviteSession session, int count)
    {
        var sent = new List<Task<SipOutcome>>();
        for (var i = 0; i < count; i++)
        {
            var request = session.CreateRequest(SipMethods.Message);
            request.SetBody("text/plain", Encoding.UTF8.GetBytes("message " + i.ToString(CultureInfo.InvariantCulture)));
            sent.Add(session.SendAsync(request));
        }

        return [.. (await Task.WhenAll(sent).WaitAsync(Patience)).Select(o => o.StatusCode)];
    }

    public void OnRequest(InviteSession session, ServerTransaction transaction) => transaction.Respond(200);

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private Task HandleAsync(ServerTransaction transaction)
    {
        var request = transaction.Request;
        var response = transaction.CreateResponse(request.Method == SipMethods.Register ? 200 : 405);
        if (request.Headers.Get(HeaderId.Contact) is { } contact && request.Method == SipMethods.Register)
        {
            response.Headers.Add(HeaderId.Contact, contact);
            if (NameAddress.TryParse(contact, out var address) && address.Uri is { } uri)
            {
                _registered.TrySetResult(uri);
            }
        }

        transaction.Respond(response);
        return Task.CompletedTask;
    }
}
