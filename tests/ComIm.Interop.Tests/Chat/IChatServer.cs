using ComIm.Client.Accounts;
using ComIm.Interop.Tests.Table;

namespace ComIm.Interop.Tests.Chat;

/// <summary>A server that the chat suite is run against: a registrar and proxy of example.com that asks alice, bob and carol for digest.</summary>
public interface IChatServer
{
    /// <summary>Why it cannot be run here; null where it can.</summary>
    string? Missing { get; }

    /// <summary>Its column in the table of peers; null for the server of the house.</summary>
    Peer? Peer { get; }

    /// <summary>How a user signs in, over UDP, TCP or TLS.</summary>
    ImAccountSettings SettingsOf(string user, ImTransport transport);
}
