namespace ComIm.Client.Conferencing;

/// <summary>One user as a roster document has them; null where it does not say.</summary>
/// <param name="Address">The address.</param>
/// <param name="IsGone">Whether they are no longer in the room.</param>
/// <param name="DisplayName">The name shown to others.</param>
/// <param name="Role">What they may do.</param>
/// <param name="State">Where they stand.</param>
internal sealed record RosterUser(string Address, bool IsGone, string? DisplayName, ParticipantRole? Role, ParticipantState? State);
