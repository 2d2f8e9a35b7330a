namespace ComIm.Client.Accounts;

/// <summary>A server that a domain names for itself.</summary>
/// <param name="Server"><c>host:port</c>.</param>
/// <param name="Transport">The transport that it is to be reached by.</param>
public sealed record ImServerName(string Server, ImTransport Transport);
