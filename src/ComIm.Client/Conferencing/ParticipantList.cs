using ComIm.Sip.Messages;

namespace ComIm.Client.Conferencing;

/// <summary>Who takes part in one conversation. Changes are told in the order in which they are made.</summary>
/// <param name="self">The account's own part.</param>
/// <param name="onChanged">Is told of every change; it may not block.</param>
internal sealed class ParticipantList(Participant self, Action<Participant, ParticipantChange> onChanged)
{
    private readonly Lock _gate = new();
    private readonly List<Participant> _others = [];

    public Participant Self { get; } = self;

    public IReadOnlyList<Participant> Others
    {
        get
        {
            lock (_gate)
            {
                return [.. _others];
            }
        }
    }

    /// <summary>A participant by address, the account itself included.</summary>
    public Participant? Find(SipUri address)
    {
        lock (_gate)
        {
            return FindInside(address);
        }
    }

    /// <summary>Adds somebody, or says what is new of them. What is null stays as it is.</summary>
    public Participant Set(SipUri address, ParticipantState? state = null, ParticipantRole? role = null, string? displayName = null)
    {
        lock (_gate)
        {
            var participant = FindInside(address);
            if (participant is null)
            {
                participant = new Participant(address, isSelf: false);
                _others.Add(participant);
                Apply(participant, state, role, displayName);
                onChanged(participant, ParticipantChange.Added);
            }
            else if (Apply(participant, state, role, displayName))
            {
                onChanged(participant, ParticipantChange.Changed);
            }

            return participant;
        }
    }

    /// <summary>Takes somebody away. The account itself stays, disconnected.</summary>
    public void Remove(SipUri address)
    {
        lock (_gate)
        {
            if (FindInside(address) is not { } participant)
            {
                return;
            }

            (participant.State, participant.IsTyping) = (ParticipantState.Disconnected, false);
            var isGone = _others.Remove(participant);
            onChanged(participant, isGone ? ParticipantChange.Removed : ParticipantChange.Changed);
        }
    }

    /// <summary>Takes away everybody but those who are named.</summary>
    public void RemoveExcept(IReadOnlySet<SipUri> addresses)
    {
        foreach (var participant in Others.Where(p => !addresses.Contains(p.Uri)))
        {
            Remove(participant.Uri);
        }
    }

    /// <summary>Says the same of everybody.</summary>
    public void SetAll(ParticipantState state)
    {
        Set(Self.Uri, state);
        foreach (var participant in Others)
        {
            Set(participant.Uri, state);
        }
    }

    /// <summary>Somebody types, or no longer.</summary>
    public void SetTyping(SipUri address, bool isTyping)
    {
        lock (_gate)
        {
            if (FindInside(address) is { } participant && participant.IsTyping != isTyping)
            {
                participant.IsTyping = isTyping;
                onChanged(participant, ParticipantChange.Changed);
            }
        }
    }

    private static bool Apply(Participant participant, ParticipantState? state, ParticipantRole? role, string? displayName)
    {
        var before = (participant.State, participant.Role, participant.DisplayName);
        participant.State = state ?? participant.State;
        participant.Role = role ?? participant.Role;
        participant.DisplayName = displayName ?? participant.DisplayName;
        return before != (participant.State, participant.Role, participant.DisplayName);
    }

    private Participant? FindInside(SipUri address) => Self.Uri.Equals(address) ? Self : _others.Find(p => p.Uri.Equals(address));
}
