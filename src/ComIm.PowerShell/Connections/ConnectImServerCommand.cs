using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;

namespace ComIm.PowerShell;

/// <summary><c>Connect-ImServer</c>: signs an account in and makes it the default connection.</summary>
[Cmdlet(VerbsCommunications.Connect, "ImServer")]
[OutputType(typeof(ImConnection))]
public sealed class ConnectImServerCommand : AsyncCmdlet
{
    /// <summary>Who signs in.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Who signs in, as sip:alice@example.com; the scheme may be left out.")]
    [Alias("Uri", "SipAddress")]
    [ValidateNotNullOrEmpty]
    public string Address { get; set; } = "";

    /// <summary>User name and password.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true,
        HelpMessage = "User name and password; Get-Credential and SecretManagement make one.")]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>The server.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "host or host:port of the server, where it is not the domain of the address.")]
    [ValidateNotNullOrEmpty]
    public string? Server { get; set; }

    /// <summary>How the server is reached.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Udp, Tcp, Tls, or Auto: what the server offers, TLS before all.")]
    public ImTransport Transport { get; set; } = ImTransport.Auto;

    /// <summary>The name shown to others.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "The name that others see.")]
    [ValidateNotNullOrEmpty]
    public string? DisplayName { get; set; }

    /// <summary>Whether messages go in sessions or by themselves.</summary>
    [Parameter(HelpMessage = "Auto, Session (INVITE) or Pager (MESSAGE alone).")]
    public MessagingMode MessagingMode { get; set; } = MessagingMode.Auto;

    /// <summary>What becomes of a conversation that somebody else begins.</summary>
    [Parameter(
        HelpMessage = "What becomes of a conversation that somebody else begins: Accept, Reject, or Ask, which Register-ImEvent ConversationRequested answers.")]
    public IncomingConversations IncomingConversation { get; set; } = IncomingConversations.Accept;

    /// <summary>The authorities that are trusted.</summary>
    [Parameter(HelpMessage = "The certificates of the authorities to trust instead of the system's, for Tls and a private authority.")]
    [ValidateNotNullOrEmpty]
    public X509Certificate2[]? TrustedRoot { get; set; }

    /// <summary>Where things are kept.</summary>
    [Parameter(
        HelpMessage = "The folder in which contacts, and the names of messages seen, are kept across sessions; without it they end with the connection.")]
    [ValidateNotNullOrEmpty]
    public string? DataDirectory { get; set; }

    /// <summary>Whether what was written is kept as well.</summary>
    [Parameter(HelpMessage = "Also keeps what is written in -DataDirectory, for Get-ImHistory.")]
    public SwitchParameter KeepHistory { get; set; }

    /// <summary>How long signing in may take, in seconds.</summary>
    [Parameter(HelpMessage = "How long signing in may take, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var settings = SignInName.SettingsOf(Address, Credential) with
        {
            Server = Server,
            Transport = Transport,
            DisplayName = DisplayName,
            MessagingMode = MessagingMode,
            IncomingConversations = IncomingConversation,
            TrustedRoots = TrustedRoot is null ? null : new X509Certificate2Collection(TrustedRoot),
        };
        var folder = DataDirectory is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(DataDirectory);
        var connection = new ImConnection(folder, KeepHistory);
        try
        {
            SignIn(connection, settings, TimeoutSec);
        }
        catch (ImException e)
        {
            WriteError(ImErrorTable.Record(e, Address));
            return;
        }

        ConnectionTable.Add(connection);
        WriteObject(connection);
    }
}
