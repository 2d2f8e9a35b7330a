using System.Collections.Concurrent;
using ComIm.Server.Limits;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Conferencing;

/// <summary>
/// The focus of all conferences (RFC 4353, RFC 4579): makes rooms for who asks the factory, and hands every request to its room.
/// Rooms are in memory: after a restart there are none.
/// </summary>
internal sealed class ConferenceFocus
{
    private const string RoomPrefix = "conf-";

    private readonly RoomContext _context;
    private readonly ServerLimits _limits;
    private readonly ConcurrentDictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _roomsOfUsers = new(StringComparer.Ordinal);
    private int _roomsBegun;

    public ConferenceFocus(RoomContext context, ServerLimits limits)
    {
        _context = context;
        _limits = limits;
    }

    /// <summary>A room has ended; may not block.</summary>
    public event Action? RoomEnded;

    /// <summary>How many rooms there are.</summary>
    public int RoomCount => _rooms.Count;

    /// <summary>How many dialogs they have with their participants.</summary>
    public int DialogCount => _context.Agents.Dialogs.Count;

    /// <summary>Whether an address of the domain is the focus's: the factory's, or a room's, present or past.</summary>
    /// <param name="user">The user part.</param>
    public bool Takes(string user) => _context.Options.MaxRooms > 0
        && (user == _context.Options.FactoryUser || (user.Length == RoomPrefix.Length + 32 && user.StartsWith(RoomPrefix, StringComparison.Ordinal)));

    /// <summary>Answers a request of a user who has proved to be one.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="name">The user part of whom it is for.</param>
    /// <param name="sender">Who sent it.</param>
    public void Handle(ServerTransaction transaction, string name, string sender)
    {
        if (transaction.Request.To?.Tag is not null)
        {
            _context.Agents.Dialogs.TryTake(transaction);
            return;
        }

        var room = name == _context.Options.FactoryUser ? null : _rooms.GetValueOrDefault(name);
        if (room is null && name != _context.Options.FactoryUser)
        {
            transaction.Respond(404);
            return;
        }

        switch (transaction.Request.Method)
        {
            case SipMethods.Invite when room is null:
                Begin(transaction, sender);
                break;
            case SipMethods.Invite:
                room.Join(transaction, sender);
                break;
            case SipMethods.Subscribe when room is not null:
                room.Subscribe(transaction, sender);
                break;
            case SipMethods.Refer when room is not null:
                room.Refer(transaction, sender);
                break;
            case SipMethods.Options:
                Refuse(transaction, 200);
                break;
            default:
                Refuse(transaction, 405);
                break;
        }
    }

    /// <summary>The ACK of a 2xx to somebody who came into a room.</summary>
    public void OnAck(SipRequest ack) => _context.Agents.Dialogs.OnAck(ack);

    private void Begin(ServerTransaction transaction, string creator)
    {
        if (_roomsOfUsers.AddOrUpdate(creator, 1, static (_, n) => n + 1) > _context.Options.MaxRoomsPerUser)
        {
            Release(creator);
            _context.Metrics.Refuse(transaction, "conferences of user", _limits.RetryAfter);
            return;
        }

        // Counted before it is there, so that many at once cannot go beyond the bound.
        if (Interlocked.Increment(ref _roomsBegun) > _context.Options.MaxRooms)
        {
            Interlocked.Decrement(ref _roomsBegun);
            Release(creator);
            _context.Metrics.Refuse(transaction, "conferences", _limits.RetryAfter);
            return;
        }

        var room = new Room(_context, RoomPrefix + SipTokens.NewCallId(), creator, transaction.Request.Headers.Get(HeaderId.Subject), OnEnded);
        _rooms[room.Name] = room;
        room.Join(transaction, creator);
    }

    private void OnEnded(Room room)
    {
        if (_rooms.TryRemove(room.Name, out _))
        {
            Interlocked.Decrement(ref _roomsBegun);
            Release(room.Creator);
            RoomEnded?.Invoke();
        }
    }

    private void Release(string creator)
    {
        if (_roomsOfUsers.AddOrUpdate(creator, 0, static (_, n) => n - 1) <= 0)
        {
            _roomsOfUsers.TryRemove(new KeyValuePair<string, int>(creator, 0));
        }
    }

    private static void Refuse(ServerTransaction transaction, int status)
    {
        var response = transaction.CreateResponse(status);
        response.Headers.Add(HeaderId.Allow, FocusAgents.Allow);
        transaction.Respond(response);
    }
}
