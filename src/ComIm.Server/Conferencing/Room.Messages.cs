using System.Globalization;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Conferencing;

/// <summary>What members say: each message goes to all others, in the one order of the room.</summary>
internal sealed partial class Room
{
    private const string IsComposingType = "application/im-iscomposing+xml";
    private const string KeyboardActivityType = "application/xml";

    private readonly RoomHistory _history;
    private long _lastNumber;

    void ISessionHandler.OnRequest(InviteSession session, ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (Find(request.From?.Uri?.User) is not { } member)
        {
            transaction.Respond(403, "Not In The Conference");
        }
        else if (request.Method == SipMethods.Message)
        {
            OnMessage(transaction, member);
        }
        else if (request.Method == SipMethods.Info)
        {
            OnInfo(transaction, member);
        }
        else
        {
            Refuse(transaction, 405, HeaderId.Allow, FocusAgents.Allow);
        }
    }

    private void OnMessage(ServerTransaction transaction, RoomMember member)
    {
        if (SessionBody.Of(transaction.Request) is not { } body)
        {
            transaction.Respond(400, "Empty Message");
        }
        else if (body.Content.Length > _context.Options.MaxMessageBytes)
        {
            transaction.Respond(413);
        }
        else if (Is(body, IsComposingType))
        {
            Pass(member, transaction.Request, body, isTransient: true);
            transaction.Respond(200);
        }
        else
        {
            var number = Pass(member, transaction.Request, body, isTransient: false);
            _context.Metrics.ConferenceMessages.Add(1);

            // It will be delivered, to whoever is there, but has not been yet (RFC 3428 section 7).
            var response = transaction.CreateResponse(202);
            response.Headers.Add("Message-Id", number.ToString(CultureInfo.InvariantCulture));
            transaction.Respond(response);
        }
    }

    private void OnInfo(ServerTransaction transaction, RoomMember member)
    {
        if (SessionBody.Of(transaction.Request) is not { } body)
        {
            // It only asks whether we are there.
            transaction.Respond(200);
        }
        else if (Is(body, RoomCommand.ContentType))
        {
            OnCommand(transaction, member, body);
        }
        else if (Is(body, KeyboardActivityType) && body.Content.Length <= _context.Options.MaxMessageBytes)
        {
            Pass(member, transaction.Request, body, isTransient: true);
            transaction.Respond(200);
        }
        else
        {
            Refuse(transaction, 415, HeaderId.Accept, RoomCommand.ContentType + ", " + KeyboardActivityType);
        }
    }

    /// <summary>Gives a message to all others.</summary>
    /// <returns>Its number; 0 where it is of the moment only.</returns>
    private long Pass(RoomMember member, SipRequest request, SessionBody body, bool isTransient)
    {
        lock (_gate)
        {
            var sender = new NameAddress(SipUri.Parse(member.Address), member.DisplayName);
            // A copy: what waits would else keep the datagram that it came in, and a body of a few bytes up to 64 KiB.
            var kept = body with { Content = body.Content.ToArray() };
            var message = new RoomMessage(isTransient ? 0 : ++_lastNumber, request.Method, sender, kept, _context.Time.GetUtcNow())
            {
                Encoding = request.Headers.Get(HeaderId.ContentEncoding),
            };
            if (!isTransient)
            {
                _history.Add(message);
            }

            foreach (var other in _members.ToList())
            {
                if (other != member)
                {
                    other.Outbox?.Add(message);
                }
            }

            return message.Number;
        }
    }

    private void OnSettled(string user, RoomMessage message, SipOutcome outcome)
    {
        if (message.IsTransient)
        {
            return;
        }

        if (outcome.IsSuccess)
        {
            lock (_gate)
            {
                _history.OnRead(user, message.Number);
            }
        }
        else
        {
            _context.Metrics.ConferenceFailures.Add(1);
        }
    }

    private static bool Is(SessionBody body, string type) => body.ContentType.Split(';')[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase);

    private static void Refuse(ServerTransaction transaction, int status, HeaderId header, string value)
    {
        var response = transaction.CreateResponse(status);
        response.Headers.Add(header, value);
        transaction.Respond(response);
    }
}
