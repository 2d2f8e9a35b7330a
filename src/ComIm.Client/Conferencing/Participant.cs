using ComIm.Sip.Messages;

namespace ComIm.Client.Conferencing;

/// <summary>Somebody who takes part in a conversation. The object stays the same while they do; its properties follow them.</summary>
public sealed class Participant
{
    internal Participant(SipUri uri, bool isSelf)
    {
        Uri = uri;
        Address = uri.ToString();
        IsSelf = isSelf;
    }

    /// <summary>The address of record, as <c>sip:bob@example.com</c>.</summary>
    public string Address { get; }

    /// <summary>The name shown to others, or null where it is not known.</summary>
    public string? DisplayName { get; internal set; }

    /// <summary>Where they stand.</summary>
    public ParticipantState State { get; internal set; }

    /// <summary>What they may do. In a chat of two nobody leads.</summary>
    public ParticipantRole Role { get; internal set; }

    /// <summary>Whether this is the account itself.</summary>
    public bool IsSelf { get; }

    /// <summary>Whether they are typing, as far as their software says so. Of the account itself it is not said.</summary>
    public bool IsTyping { get; internal set; }

    internal SipUri Uri { get; }

    /// <summary>For people: the name, or the address.</summary>
    public override string ToString() => DisplayName ?? Address;
}
