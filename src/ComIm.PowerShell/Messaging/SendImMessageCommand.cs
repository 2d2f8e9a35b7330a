using System.Management.Automation;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;

namespace ComIm.PowerShell;

/// <summary><c>Send-ImMessage</c>: sends a text to one or more people and emits each message with what became of it.</summary>
[Cmdlet(VerbsCommunications.Send, "ImMessage", SupportsShouldProcess = true, DefaultParameterSetName = "Connection")]
[OutputType(typeof(ChatMessage))]
public sealed class SendImMessageCommand : AsyncCmdlet
{
    private const string ToHelp = "Who gets it, as sip:bob@example.com; several get a message each.";

    private SendingProgress? _progress;
    private ImConnection? _own;

    /// <summary>Who gets it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Connection", ValueFromPipelineByPropertyName = true, HelpMessage = ToHelp)]
    [Parameter(Mandatory = true, ParameterSetName = "Credential", ValueFromPipelineByPropertyName = true, HelpMessage = ToHelp)]
    [Alias("Uri", "SipAddress", "Mail")]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] To { get; set; } = [];

    /// <summary>The conversation it belongs to.</summary>
    // By its name, not by value: where one set takes the pipeline by value the engine would not look at the rows' properties.
    // ComIm.types.ps1xml gives conversations a property of that name.
    [Parameter(Mandatory = true, ParameterSetName = "Conversation", ValueFromPipelineByPropertyName = true,
        HelpMessage = "The conversation that it is said in, of two or of many.")]
    [ConversationTransformation]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    [ValidateNotNullOrEmpty]
    public Conversation[] Conversation { get; set; } = [];

    /// <summary>The text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The text, any Unicode.")]
    [Alias("Body", "Message")]
    [ValidateNotNullOrEmpty]
    public string Text { get; set; } = "";

    /// <summary>Who sends it.</summary>
    [Parameter(ParameterSetName = "Connection",
        HelpMessage = "Who sends it: a connection, its number or address; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <summary>User name and password, to sign in for this pipeline alone.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Credential",
        HelpMessage = "Signs in for this pipeline alone; the user name is the address, where -From names no other.")]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Who signs in, where the credential does not say it.</summary>
    [Parameter(ParameterSetName = "Credential", HelpMessage = "Who signs in, where the user name of -Credential is not the address.")]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>The server.</summary>
    [Parameter(ParameterSetName = "Credential",
        HelpMessage = "host or host:port of the server, where it is not the domain of the address.")]
    [ValidateNotNullOrEmpty]
    public string? Server { get; set; }

    /// <summary>How the server is reached.</summary>
    [Parameter(ParameterSetName = "Credential", HelpMessage = "Udp, Tcp, Tls, or Auto: what the server offers, TLS before all.")]
    public ImTransport Transport { get; set; } = ImTransport.Auto;

    /// <summary>Whether the text is HTML.</summary>
    [Parameter(HelpMessage = "The text is HTML; who cannot show it gets it as plain text, where their software says so.")]
    public SwitchParameter Html { get; set; }

    /// <summary>How long a message may take, in seconds.</summary>
    [Parameter(HelpMessage = "How long each message may take, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 60;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _progress = new SendingProgress(this);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Conversation")
        {
            foreach (var conversation in Conversation)
            {
                var owner = Demand(ConnectionTable.OwnerOf(conversation));
                if (ShouldProcess(conversation.Peer, $"Send a message as {owner.Address}"))
                {
                    Send(owner, conversation.Peer, (content, stopped) => conversation.SendAsync(content, cancellationToken: stopped));
                }
            }

            return;
        }

        foreach (var recipient in To)
        {
            // Asked before anybody signs in: -WhatIf must not.
            var isOwn = ParameterSetName == "Credential";
            if (ShouldProcess(recipient, $"Send a message as {(isOwn ? From ?? Credential.UserName : Resolve(Connection).Address)}"))
            {
                var connection = isOwn ? SignedIn() : Resolve(Connection);
                Send(connection, recipient, (content, stopped) => connection.Account.SendAsync(recipient, content, cancellationToken: stopped));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _progress?.Complete();
        if (Interlocked.Exchange(ref _own, null) is { } own)
        {
            Run(own, (_, stopped) => own.CloseAsync(stopped));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Only where the pipeline ended before its end: what was signed in for it is signed out.
        if (Interlocked.Exchange(ref _own, null) is { } own)
        {
            using var limit = new CancellationTokenSource(StopLimit, TimeProvider.System);
            var limited = Task.Delay(StopLimit, TimeProvider.System, CancellationToken.None);
            Task.WhenAny(own.CloseAsync(limit.Token), limited).GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private void Send(ImConnection connection, string recipient, Func<MessageContent, CancellationToken, Task<ChatMessage>> send)
    {
        var content = Html ? MessageContent.Html(Text) : MessageContent.Plain(Text);
        _ = TryRun(connection, recipient, (writer, stopped) => WithinAsync(
            TimeoutSec,
            $"The message to {recipient} was not answered within {TimeoutSec} s and may still arrive: raise -TimeoutSec to know.",
            async ending => writer.Output(await send(content, ending).ConfigureAwait(false)),
            stopped));
        _progress?.Add(recipient);
    }

    /// <summary>Who was signed in for this pipeline; signs in with the first message.</summary>
    private ImConnection SignedIn()
    {
        if (_own is not null)
        {
            return _own;
        }

        var settings = SignInName.SettingsOf(From, Credential) with { Server = Server, Transport = Transport };
        var connection = new ImConnection();
        try
        {
            SignIn(connection, settings, TimeoutSec);
        }
        catch (ImException e)
        {
            // Every other message would fail in the same way.
            throw End(e, settings.Address);
        }

        return _own = connection;
    }
}
