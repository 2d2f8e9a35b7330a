namespace ComIm.Server.Conferencing;

/// <summary>What a member of a room may do.</summary>
internal enum RoomRole
{
    /// <summary>Write, read, and bring others in while the room is not locked.</summary>
    Attendee,

    /// <summary>Also remove others, lock the room, name it and give roles.</summary>
    Leader,
}
