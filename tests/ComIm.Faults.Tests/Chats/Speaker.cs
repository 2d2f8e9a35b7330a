using ComIm.Client.Conversations;

namespace ComIm.Faults.Tests.Chats;

/// <summary>One of several who talk in a room.</summary>
/// <param name="Person">Who.</param>
/// <param name="Room">Their conversation in it.</param>
/// <param name="Said">What they write there.</param>
internal sealed record Speaker(Person Person, Conversation Room, Ledger Said);
