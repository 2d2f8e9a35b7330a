namespace ComIm.Sip.Messages;

/// <summary>One header field as it stands in a message.</summary>
/// <param name="Id">Its number; <see cref="HeaderId.Other"/> for fields without one.</param>
/// <param name="Name">Its name in the message's spelling.</param>
/// <param name="Value">Its value, unfolded, without surrounding white space.</param>
public readonly record struct HeaderField(HeaderId Id, string Name, string Value);
