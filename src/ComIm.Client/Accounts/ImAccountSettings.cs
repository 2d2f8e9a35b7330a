using System.Security.Cryptography.X509Certificates;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;

namespace ComIm.Client.Accounts;

/// <summary>Who signs in, where, and with which password.</summary>
public sealed record ImAccountSettings
{
    /// <summary>The address of record: <c>sip:alice@example.com</c>; the scheme may be left out.</summary>
    public required string Address { get; init; }

    /// <summary>The name for digest authentication, where it is not the user part of the address.</summary>
    public string? UserName { get; init; }

    /// <summary>The password. It is kept in memory while the account is signed in, and written nowhere.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Further names and passwords, for proxies on the way that have a realm and users of their own. A realm is answered with the
    /// credential that names it, else with <see cref="UserName"/> and <see cref="Password"/>.
    /// </summary>
    public IReadOnlyList<ImCredential> Credentials { get; init; } = [];

    /// <summary>
    /// <c>host</c>, <c>host:port</c> or <c>[ipv6]:port</c> of the server (the outbound proxy); null means the domain of
    /// the address. A name without a port is looked up as RFC 3263 says, also when the server is lost.
    /// </summary>
    public string? Server { get; init; }

    /// <summary>Which transport to use; what the server offers, and TLS before all, by default.</summary>
    public ImTransport Transport { get; init; } = ImTransport.Auto;

    /// <summary>
    /// The roots that are trusted instead of the system's, for a server with a certificate of a private authority. Null
    /// trusts the system's. Only for <see cref="ImTransport.Tls"/>.
    /// </summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>The certificate, with its private key, that is shown to a server that asks for one. Only for <see cref="ImTransport.Tls"/>.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The name shown to others.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The registration lifetime asked for (RFC 3261 section 10.2.1.1).</summary>
    public TimeSpan RegistrationLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether messages go in sessions or by themselves.</summary>
    public MessagingMode MessagingMode { get; init; } = MessagingMode.Auto;

    /// <summary>
    /// The MIME types of messages that are taken, each as <c>type/subtype</c>, <c>type/*</c> or <c>*/*</c>. Others are refused by
    /// 415, so that the sender can choose another form. By default everything is taken.
    /// </summary>
    public IReadOnlyList<string> AcceptedTypes { get; init; } = ["*/*"];

    /// <summary>
    /// Whether receipts of delivery and display are asked for (RFC 5438) where a peer has shown that it takes such requests. One
    /// that has not is sent plain messages.
    /// </summary>
    public bool RequestReceipts { get; init; } = true;

    /// <summary>
    /// Whether those who ask for receipts get them: of delivery by itself, of display when
    /// <see cref="Conversation.MarkDisplayedAsync"/> is called. While 1,000 of one person, or 4,000 of the account, wait to be sent, those asked for beyond are
    /// not sent.
    /// </summary>
    public bool SendReceipts { get; init; } = true;

    /// <summary>
    /// Who makes the rooms of conferences (RFC 4579 section 5.4): a SIP URI; null for <c>sip:conference-factory@</c> and the
    /// domain of the address, as ComIm's own server has it.
    /// </summary>
    public string? ConferenceFactory { get; init; }

    /// <summary>What becomes of a session that somebody else begins.</summary>
    public IncomingConversations IncomingConversations { get; init; } = IncomingConversations.Accept;

    /// <summary>
    /// How many conversations that others have begun are remembered, as long as nothing is written in them by us and they have no
    /// session; 1,000. Of more that which was silent longest is forgotten: <see cref="ImAccount.ConversationRemoved"/> says so, and
    /// <see cref="ImAccount.History"/> keeps what was written where it is told to.
    /// </summary>
    public int MaxUnansweredConversations { get; init; } = 1_000;

    /// <summary>
    /// Whether requests are taken from anybody who can reach this computer; they may claim to be whoever they like. By default only
    /// those are that come from the server, whose business it is to know its users: from the address that is signed in to, or another
    /// that DNS has for the server's name. Others are answered 403. Inside a session the dialog's secret names say who may speak.
    /// </summary>
    public bool AcceptsDirectRequests { get; init; }

    /// <summary>
    /// Names this device across restarts (RFC 5626 section 4.1): a server that knows of it replaces the binding that a run before
    /// left behind. Keep one for each device and address. Null takes the one
    /// that <see cref="ImClientOptions.DataDirectory"/> keeps, or a random one for each <see cref="ImClient"/>.
    /// </summary>
    public Guid? InstanceId { get; init; }

    /// <summary>For logs: everything but the passwords.</summary>
    public override string ToString() => $"{Address} at {Server ?? "its domain"} over {Transport}";
}
