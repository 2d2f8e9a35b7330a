using System.Management.Automation;
using ComIm.Client.Conversations;

namespace ComIm.PowerShell;

/// <summary><c>Get-ImConversation</c>: lists conversations.</summary>
[Cmdlet(VerbsCommon.Get, "ImConversation")]
[OutputType(typeof(Conversation))]
public sealed class GetImConversationCommand : PSCmdlet
{
    /// <summary>With whom.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "With whom, wildcards allowed; in a group with any of them. All conversations where nobody is named.")]
    [Alias("Uri", "SipAddress", "Mail", "Peer")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Address { get; set; }

    /// <summary>Where they stand.</summary>
    [Parameter(HelpMessage = "Only those that stand so: Connected, for example.")]
    public ConversationState[]? State { get; set; }

    /// <summary>Whose conversations.</summary>
    [Parameter(HelpMessage = "Whose conversations: connections, their numbers or addresses; of all where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public ImConnection[]? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(
        (Connection ?? ConnectionTable.All)
            .SelectMany(connection => connection.Account.Conversations)
            .Where(conversation => IsWith(conversation) && State?.Contains(conversation.State) != false),
        enumerateCollection: true);

    private bool IsWith(Conversation conversation) => AddressPattern.Fits(Address, conversation.Peer)
        || conversation.Participants.Any(participant => AddressPattern.Fits(Address, participant.Address));
}
