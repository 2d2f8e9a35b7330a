using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<SipUri, bool> _asked = new();
    private readonly Lock _gate = new();
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

        var participant = _participants.Set(person, ParticipantState.Inviting);
        int status;
        try
        {
            _asked.TryAdd(person, true);
            status = await ReferAsync(new NameAddress(person)).ConfigureAwait(false);
        }
        finally
        {
            _asked.TryRemove(person, out _);
        }

        if (status is >= 200 and < 300 || participant.State == ParticipantState.Connected)
        {
            return _participants.Set(person, ParticipantState.Connected);
        }

        _participants.Remove(person);
        throw ConferenceFailures.OfInvitation(status, person.ToString());
    }

    /// <summary>Takes somebody out (RFC 4579 section 5.11).</summary>
    public async Task RemoveAsync(SipUri person)
    {
        var status = await ReferAsync(new NameAddress(person.WithParameter("method", SipMethods.Bye))).ConfigureAwait(false);
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
    /// <returns>The last status it reported; 0 where it never said.</returns>
    public async Task<int> ReferAsync(NameAddress referTo, SipUri? room = null)
    {
        var refer = _account.Sessions.Refer(room ?? _conversation.Target, referTo);
        var outcome = await refer.Outcome.ConfigureAwait(false);
        if (!outcome.IsSuccess)
        {
            return outcome.Failure is null ? outcome.StatusCode : 0;
        }

        return (await refer.Completion.ConfigureAwait(false)).StatusCode;
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

            if (user.IsGone)
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
            // Whom we are just asking for is not in it yet.
            named.UnionWith(_asked.Keys);
            _participants.RemoveExcept(named);
        }

        _conversation.OnRoster(document);
    }
}
