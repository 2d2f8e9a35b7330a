namespace ComIm.Client.Conferencing;

/// <summary>What a participant may do in a conference.</summary>
public enum ParticipantRole
{
    /// <summary>Writes, reads, and brings in others while the conference is not locked.</summary>
    Attendee,

    /// <summary>Also removes others, locks the conference, names it and gives roles. Who begins a conference leads it.</summary>
    Leader,
}
