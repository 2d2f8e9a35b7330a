using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conferencing;

/// <summary>What a conversation asks of its room, and hears from it (RFC 4579, RFC 4575).</summary>
internal sealed class ConferenceControl
{
    private readonly ImAccount _account;
    private readonly Conversation _conversation;
    private readonly ParticipantList _participants;
    private readonly ConferenceRoster _roster;
    private readonly Lock _gate = new();
    private readonly HashSet<SipUri> _asked = [];
    private readonly HashSet<SipUri> _refused = [];
    private Task? _escalation;

    public ConferenceControl(ImAccount account, Conversation conversation, ParticipantList participants)
    {
        _account = account;
        _conversation = conversation;
        _participants = participants;
        _roster = new ConferenceRoster(account, OnDocument);
    }

    /// <summary>Follows the roster of a room.</summary>
    public void Follow(SipUri room) => _roster.Start(room);

    /// <summary>Follows it no longer.</summary>
    public void Unfollow() => _roster.Stop();

    /// <summary>Brings somebody in; the room is made first, where there is none.</summary>
    public async Task<Participant> AddAsync(SipUri person)
    {
        if (!_conversation.IsGroup && _participants.Find(person) is { } already)
        {
            return already;
        }

        await BecomeConferenceAsync().ConfigureAwait(false);
        if (_participants.Find(person) is { State: ParticipantState.Connected } there)
        {
            return there;
        }

        Participant participant;
        lock (_gate)
        {
            _asked.Add(person);
            _refused.Remove(person);
            participant = _participants.Set(person, ParticipantState.Inviting);
        }

        var (status, isTried) = (0, false);
        try
        {
            (status, isTried) = await ReferAsync(new NameAddress(person)).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _asked.Remove(person);
            }
        }

        lock (_gate)
        {
            if (status is >= 200 and < 300 || participant.State == ParticipantState.Connected)
            {
                return _participants.Set(person, ParticipantState.Connected);
            }

            if (isTried && _participants.Find(person) is not null)
            {
                // The roster is behind: it may still tell that they are being asked before it tells that they are gone.
                _refused.Add(person);
            }

            _participants.Remove(person);
        }

        throw ConferenceFailures.OfInvitation(status, person.ToString());
    }

    /// <summary>Takes somebody out (RFC 4579 section 5.11).</summary>
    public async Task RemoveAsync(SipUri person)
    {
        var (status, _) = await ReferAsync(new NameAddress(person.WithParameter("method", SipMethods.Bye))).ConfigureAwait(false);
        if (status is < 200 or >= 300)
        {
            throw ConferenceFailures.OfChange(status);
        }
    }

    /// <summary>Asks for a change of the room, in its session.</summary>
    public async Task ChangeAsync(MessageContent command)
    {
        await _conversation.Session.StartAsync().ConfigureAwait(false);
        if (_conversation.Session.Current is not { } session)
        {
            throw ConferenceFailures.OfChange(481);
        }

        var request = session.CreateRequest(SipMethods.Info);
        PagerMessage.SetContent(request, command);
        var outcome = await _conversation.Session.SendInTurnAsync(session, request).ConfigureAwait(false);
        if (!outcome.IsSuccess)
        {
            throw outcome.Failure is null
                ? ConferenceFailures.OfChange(outcome.StatusCode)
                : ImFailures.OfMessage(outcome, "The conference", _account.Server);
        }
    }

    /// <summary>Asks the focus to send a request in turn (RFC 4579 section 5.5): a dialog of its own, beside that of the messages.</summary>
    /// <returns>The last status it reported, 0 where it never said; and whether it tried.</returns>
    public async Task<(int Status, bool IsTried)> ReferAsync(NameAddress referTo, SipUri? room = null)
    {
        var refer = _account.Sessions.Refer(room ?? _conversation.Target, referTo);
        var outcome = await refer.Outcome.ConfigureAwait(false);
        if (!outcome.IsSuccess)
        {
            return (outcome.Failure is null ? outcome.StatusCode : 0, false);
        }

        return ((await refer.Completion.ConfigureAwait(false)).StatusCode, true);
    }

    private async Task BecomeConferenceAsync()
    {
        if (_conversation.IsGroup)
        {
            await _conversation.Session.StartAsync().ConfigureAwait(false);
            return;
        }

        Task escalation;
        lock (_gate)
        {
            escalation = _escalation ??= new Escalation(_account, _conversation, this).RunAsync();
        }

        try
        {
            await escalation.ConfigureAwait(false);
        }
        catch
        {
            lock (_gate)
            {
                // The next attempt may find the server or the peer changed.
                _escalation = _escalation == escalation ? null : _escalation;
            }

            throw;
        }
    }

    private void OnDocument(RosterDocument document)
    {
        var named = new HashSet<SipUri>();
        foreach (var user in document.Users)
        {
            if (!SipUri.TryParse(user.Address, out var uri))
            {
                continue;
            }

            if (IsLate(uri.AddressOfRecord, user) || user.IsGone)
            {
                _participants.Remove(uri.AddressOfRecord);
            }
            else
            {
                named.Add(uri.AddressOfRecord);
                _participants.Set(uri.AddressOfRecord, user.State, user.Role, user.DisplayName);
            }
        }

        if (document.HasAllUsers)
        {
            lock (_gate)
            {
                // Whom we have just asked may not be known there yet.
                named.UnionWith(_asked);
                _participants.RemoveExcept(named);
            }
        }

        _conversation.OnRoster(document);
    }

    /// <summary>Whether the roster tells that somebody is being asked of whom it is known that they have not come.</summary>
    private bool IsLate(SipUri person, RosterUser user)
    {
        lock (_gate)
        {
            if (user.State == ParticipantState.Inviting)
            {
                return _refused.Contains(person);
            }

            _refused.Remove(person);
            return false;
        }
    }
}
