using System.Globalization;
using System.Net;
using System.Text;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Com.Tests.UccApi.Codes;

/// <summary>
/// A registrar that takes everybody, and people whose names are numbers: each answers an INVITE with that status, and who has
/// accepted answers messages with <see cref="MessageStatus"/>.
/// </summary>
internal sealed class StatusPeer : ISessionHandler, IAsyncDisposable
{
    private static readonly SessionBody Answer = new(
        "application/sdp", Encoding.ASCII.GetBytes("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=session\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 5060 sip null\r\na=accept-types:text/plain\r\n"));

    private readonly TcpTransport _transport = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly DialogTable _dialogs = new();
    private readonly SipStack _stack;
    private readonly SessionAgent _sessions;

    public StatusPeer()
    {
        _stack = new SipStack([_transport], HandleAsync) { Filter = _dialogs };
        _stack.Start();
        var nowhere = new SipTarget(SipTransportKind.Tcp, _transport.LocalEndPoint);
        _sessions = new SessionAgent(
            new SipUserAgent(_stack, nowhere, new RequestAuthenticator(null), "peer"),
            _dialogs,
            new SessionOptions
            {
                Identity = new NameAddress(SipUri.Parse("sip:200@example.com")),
                Contact = new NameAddress(SipUri.Parse($"sip:200@{_transport.LocalEndPoint};transport=tcp")),
            });
    }

    /// <summary>host:port</summary>
    public string Address => _transport.LocalEndPoint.ToString();

    public int MessageStatus { get; set; } = 200;

    /// <summary>Whether a SUBSCRIBE is never answered.</summary>
    public bool LeavesSubscriptionsOpen { get; set; }

    public void OnRequest(InviteSession session, ServerTransaction transaction) => transaction.Respond(MessageStatus);

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private Task HandleAsync(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method == SipMethods.Invite)
        {
            Invite(transaction, int.Parse(request.RequestUri!.User!, CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        }

        if (request.Method == SipMethods.Subscribe && LeavesSubscriptionsOpen)
        {
            return Task.CompletedTask;
        }

        var response = transaction.CreateResponse(request.Method == SipMethods.Register ? 200 : 405);
        if (request.Method == SipMethods.Register && request.Headers.Get(HeaderId.Contact) is { } contact)
        {
            response.Headers.Add(HeaderId.Contact, contact);
        }

        transaction.Respond(response);
        return Task.CompletedTask;
    }

    private void Invite(ServerTransaction transaction, int status)
    {
        if (status == 200)
        {
            _sessions.Receive(transaction, this)?.Accept(Answer);
        }
        else
        {
            transaction.Respond(status);
        }
    }
}
