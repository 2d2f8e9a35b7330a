using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Conferencing;

/// <summary>
/// One conference (RFC 4353): who is in it, what is told of them, and what they say. It begins with its first member and ends when
/// nobody is in it.
/// </summary>
internal sealed partial class Room : ISessionHandler
{
    private const int MaxWatchersPerUser = 4;

    private readonly RoomContext _context;
    private readonly Action<Room> _onEnded;
    private readonly Lock _gate = new();
    private readonly List<RoomMember> _members = [];
    private readonly List<(string User, NotifierSubscription Subscription)> _watchers = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly UnreadMessages _unread;
    private uint _version;
    private string? _subject;
    private bool _isLocked;
    private bool _isOver;

    /// <summary>Makes an empty room.</summary>
    /// <param name="context">What all rooms share.</param>
    /// <param name="name">The user part of its URI, which nobody can guess.</param>
    /// <param name="creator">Who begins it.</param>
    /// <param name="subject">What it is about; null where nobody says.</param>
    /// <param name="onEnded">Is told once when it is over; may not block.</param>
    public Room(RoomContext context, string name, string creator, string? subject, Action<Room> onEnded)
    {
        _context = context;
        _onEnded = onEnded;
        _history = new RoomHistory(context.Options.History, context.Options.MaxHistoryBytes, context.Histories);
        _unread = new UnreadMessages(context.Options.MaxWaitingBytes);
        _subject = PrintableText.Of(subject);
        Name = name;
        Creator = creator;
        Uri = new SipUri(name, new HostPort(context.Own.Domain, null));
    }

    public string Name { get; }

    public string Creator { get; }

    public SipUri Uri { get; }

    /// <summary>Takes an INVITE of a user who comes by himself, or comes back.</summary>
    public void Join(ServerTransaction transaction, string user)
    {
        var offer = SessionBody.Of(transaction.Request);
        var answer = offer is null ? FocusDescription.Offer(_context.Agents.Address) : FocusDescription.Answer(offer, _context.Agents.Address);
        var status = answer is null ? 488 : Reserve(user, transaction.Request.From?.DisplayName);
        if (status != 200)
        {
            transaction.Respond(status);
            EndIfEmpty();
            return;
        }

        var invite = _context.Agents.SessionsWith(Uri, user, transaction.Flow).Receive(transaction, this);
        lock (_gate)
        {
            // Together: whoever has the 200 may ask for the roster at once, and is to find himself in it.
            if (invite?.Accept(answer) is { } session)
            {
                Enter(user, session);
                return;
            }
        }

        Release(user);
    }

    /// <summary>Takes a SUBSCRIBE to the roster.</summary>
    public void Subscribe(ServerTransaction transaction, string user)
    {
        if (Find(user) is not { } member)
        {
            transaction.Respond(403, "Not In The Conference");
            return;
        }

        if (_context.Agents.NotifierFor(Uri, user, transaction.Flow).Receive(transaction, _ => Snapshot()) is not { } subscription)
        {
            return;
        }

        lock (_gate)
        {
            if (_isOver || _watchers.Count(w => w.User == user) >= MaxWatchersPerUser)
            {
                subscription.Reject(_isOver ? 404 : 486);
                return;
            }

            // Under the lock, so that no change comes between the whole roster and those who are told of changes.
            _watchers.Add((user, subscription));
            subscription.Ended += Forget;
            subscription.Accept();
            if (member.DisplayName is null && transaction.Request.From?.DisplayName is { } name)
            {
                member.DisplayName = name;
                Tell(facts => RosterDocument.Changed(facts, member));
            }
        }
    }

    void ISessionHandler.OnEnded(InviteSession session, SessionEnd ending)
    {
        RoomMember? member;
        lock (_gate)
        {
            member = _members.Find(m => m.Session == session);
        }

        if (member is not null)
        {
            Remove(member, () => member.Session == session);
        }
    }

    /// <summary>Keeps a place for a user who is coming in.</summary>
    /// <returns>200, or the status that says why not.</returns>
    private int Reserve(string user, string? displayName)
    {
        lock (_gate)
        {
            var member = _members.Find(m => m.User == user);
            if (_isOver)
            {
                return 404;
            }

            if (_removed.Contains(user) || (_isLocked && !_known.Contains(user)))
            {
                return 403;
            }

            if (member is null && _members.Count >= _context.Options.MaxParticipants)
            {
                return 486;
            }

            if (member is null)
            {
                member = new RoomMember(user, AddressOf(user)) { Role = _known.Count == 0 ? RoomRole.Leader : RoomRole.Attendee };
                _members.Add(member);
            }

            _known.Add(user);
            member.IsJoining = true;
            member.DisplayName = displayName ?? member.DisplayName;
            return 200;
        }
    }

    private void Release(string user)
    {
        RoomMember? member;
        lock (_gate)
        {
            member = _members.Find(m => m.User == user);
            if (member is not null)
            {
                member.IsJoining = false;
            }
        }

        if (member is not null)
        {
            Remove(member, () => member is { IsConnected: false, IsJoining: false, CancelInvitation: null });
        }
    }

    /// <summary>A session with a user is made, who has a place: by his INVITE, or by ours.</summary>
    private void Enter(string user, InviteSession session)
    {
        InviteSession? replaced = null;
        Action? invitation = null;
        RoomMember? member;
        lock (_gate)
        {
            member = _isOver ? null : _members.Find(m => m.User == user);
            if (member is not null)
            {
                // Who comes in a second time, from another device or after a lost connection, takes his own place.
                (replaced, invitation) = (member.Session, member.CancelInvitation);
                _unread.Keep(user, member.Outbox?.Close() ?? []);
                (member.Session, member.IsJoining, member.CancelInvitation) = (session, false, null);
                member.Outbox = new MemberOutbox(session, _context.Options.MaxWaitingBytes, (m, o) => OnSettled(user, m, o), () => OnLost(member, session));
                Tell(facts => RosterDocument.Changed(facts, member));

                // What his old session has not answered was accepted; if he has it all the same, he knows it by its number.
                member.Outbox.Resume(_unread.Take(user).Concat(_history.UnreadOf(user, member.Address)).DistinctBy(m => m.Number).OrderBy(m => m.Number));
            }
        }

        if (member is null || replaced is not null)
        {
            _ = (replaced ?? session).ByeAsync();
        }

        invitation?.Invoke();
        if (member is not null && session.State is InviteSessionState.Ending or InviteSessionState.Ended)
        {
            // It ended before it was known here.
            Remove(member, () => member.Session == session);
        }
    }

    /// <summary>
    /// Takes a member away; where a condition is given, only if it holds under the lock: they may have come back. Who is just coming
    /// back loses the session that has ended, and not their place.
    /// </summary>
    private void Remove(RoomMember member, Func<bool>? condition = null)
    {
        lock (_gate)
        {
            if (condition?.Invoke() == false)
            {
                return;
            }

            if (condition is not null && member.IsJoining)
            {
                _unread.Keep(member.User, member.Outbox?.Close() ?? []);
                (member.Session, member.Outbox) = (null, null);
                return;
            }

            if (!_members.Remove(member))
            {
                return;
            }

            _unread.Keep(member.User, member.Outbox?.Close() ?? []);
            Tell(facts => RosterDocument.Gone(facts, member.Address));
            foreach (var (_, subscription) in _watchers.Where(w => w.User == member.User).ToList())
            {
                subscription.Terminate("noresource");
            }

            Promote();
        }

        EndIfEmpty();
    }

    // A room without a leader could never be unlocked: the one who is there longest takes over.
    private void Promote()
    {
        if (!_members.Exists(m => m is { IsConnected: true, Role: RoomRole.Leader }) && _members.Find(m => m.IsConnected) is { } heir)
        {
            heir.Role = RoomRole.Leader;
            Tell(facts => RosterDocument.Changed(facts, heir));
        }
    }

    private void OnLost(RoomMember member, InviteSession session)
    {
        Remove(member, () => member.Session == session);
        _ = session.ByeAsync(ByeReason.AddLost);
    }

    private void EndIfEmpty()
    {
        List<NotifierSubscription> watchers;
        List<Action> invitations;
        lock (_gate)
        {
            if (_isOver || _members.Exists(m => m.IsConnected || m.IsJoining))
            {
                return;
            }

            _isOver = true;
            _history.Close();
            watchers = [.. _watchers.Select(w => w.Subscription)];
            invitations = [.. _members.Select(m => m.CancelInvitation).OfType<Action>()];
            _members.Clear();
        }

        invitations.ForEach(i => i());
        watchers.ForEach(w => w.Terminate("noresource"));
        _onEnded(this);
    }

    private RoomMember? Find(string? user)
    {
        lock (_gate)
        {
            return _members.Find(m => m.User == user);
        }
    }

    private string AddressOf(string user) => new SipUri(user, new HostPort(_context.Own.Domain, null)).ToString();

    private SessionBody Snapshot()
    {
        lock (_gate)
        {
            return RosterDocument.Full(Facts(), Listed());
        }
    }

    private IEnumerable<RoomMember> Listed() => _members.Where(m => m.IsConnected || m.CancelInvitation is not null);

    private RoomFacts Facts() => new(Uri.ToString(), _version, _subject, _isLocked, _members.Count(m => m.IsConnected));

    /// <summary>Tells a change to all who follow the roster; under the lock, so that the versions come in order.</summary>
    private void Tell(Func<RoomFacts, SessionBody> write)
    {
        _version++;
        var document = write(Facts());
        foreach (var (_, subscription) in _watchers.ToList())
        {
            subscription.Notify(document);
        }
    }

    private void Forget(NotifierSubscription subscription)
    {
        lock (_gate)
        {
            _watchers.RemoveAll(w => w.Subscription == subscription);
        }
    }
}
