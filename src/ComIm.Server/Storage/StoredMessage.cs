namespace ComIm.Server.Storage;

/// <summary>A message that waits for its recipient.</summary>
/// <param name="Id">Its number; later ones are higher.</param>
/// <param name="Expires">When it is worth nothing any more.</param>
/// <param name="Request">The MESSAGE request as bytes, without what belonged to the way it came.</param>
/// <param name="Sender">Who sent it; empty where it was stored before that was kept.</param>
internal sealed record StoredMessage(long Id, DateTimeOffset Expires, ReadOnlyMemory<byte> Request, string Sender);
