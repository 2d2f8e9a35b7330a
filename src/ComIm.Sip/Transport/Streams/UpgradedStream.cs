namespace ComIm.Sip.Transport.Streams;

/// <summary>A connection ready for messages.</summary>
/// <param name="Stream">Carries them.</param>
/// <param name="PeerNames">
/// The domains and hosts that the peer has proved to be; null where the transport proves nothing and serves every name.
/// </param>
internal readonly record struct UpgradedStream(Stream Stream, IReadOnlyCollection<string>? PeerNames);
