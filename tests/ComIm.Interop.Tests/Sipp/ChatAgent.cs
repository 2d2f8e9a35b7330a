using System.Net;
using System.Text;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Interop.Tests.Sipp;

/// <summary>A small user agent on a socket: takes sessions, answers their messages, and sends one back after the second.</summary>
internal sealed class ChatAgent : ISessionHandler, IAsyncDisposable
{
    public static readonly SessionBody Offer = new(
        "application/sdp", Encoding.ASCII.GetBytes("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=session\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 5060 sip null\r\na=accept-types:text/plain\r\n"));

    private readonly SipStack _stack;
    private readonly bool _answers;
    private int _ended;

    public ChatAgent(ISipTransport transport, IPEndPoint outbound, bool answers = true)
    {
        _answers = answers;
        Dialogs = new DialogTable();
        _stack = new SipStack([transport], HandleAsync) { Filter = Dialogs };
        EndPoint = transport.LocalEndPoint;
        var agent = new SipUserAgent(_stack, new SipTarget(transport.Kind, outbound), new RequestAuthenticator(null), "ComIm-Interop");
        Sessions = new SessionAgent(agent, Dialogs, new SessionOptions
        {
            Identity = new NameAddress(SipUri.Parse("sip:comim@example.com")),
            Contact = new NameAddress(SipUri.Parse($"sip:comim@{EndPoint};transport={SipTarget.NameOf(transport.Kind)}")),
        });
        _stack.Start();
    }

    public IPEndPoint EndPoint { get; }

    public DialogTable Dialogs { get; }

    public SessionAgent Sessions { get; }

    public int Ended => Volatile.Read(ref _ended);

    public void OnRequest(InviteSession session, ServerTransaction transaction)
    {
        transaction.Respond(200);
        if (transaction.Request.BodyText.StartsWith("second", StringComparison.Ordinal))
        {
            _ = SendAsync(session, "third");
        }
    }

    public void OnEnded(InviteSession session, SessionEnd ending) => Interlocked.Increment(ref _ended);

    public static Task<SipOutcome> SendAsync(InviteSession session, string text)
    {
        var message = session.CreateRequest(SipMethods.Message);
        message.SetBody("text/plain", Encoding.UTF8.GetBytes(text));
        return session.SendAsync(message);
    }

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private Task HandleAsync(ServerTransaction transaction)
    {
        if (transaction.Request.Method != SipMethods.Invite)
        {
            transaction.Respond(405);
        }
        else if (Sessions.Receive(transaction, this) is { } invite)
        {
            invite.Ring();
            if (_answers)
            {
                invite.Accept(Offer);
            }
        }

        return Task.CompletedTask;
    }
}
