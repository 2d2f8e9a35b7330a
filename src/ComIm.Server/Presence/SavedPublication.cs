namespace ComIm.Server.Presence;

/// <summary>A publication as it is kept.</summary>
/// <param name="Tag">Its entity tag.</param>
/// <param name="ContentType">The type of the state.</param>
/// <param name="Content">The state.</param>
/// <param name="Ends">When it expires.</param>
internal sealed record SavedPublication(string Tag, string ContentType, byte[] Content, DateTimeOffset Ends);
