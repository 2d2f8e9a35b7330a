namespace ComIm.Server.Conferencing;

/// <summary>What the roster says of a room itself.</summary>
/// <param name="Uri">Its URI.</param>
/// <param name="Version">The number of the document (RFC 4575 section 5.2): it goes up by one with every change.</param>
/// <param name="Subject">What it is about; null where nobody said.</param>
/// <param name="IsLocked">Whether it is locked.</param>
/// <param name="UserCount">How many are in it.</param>
internal readonly record struct RoomFacts(string Uri, uint Version, string? Subject, bool IsLocked, int UserCount);
