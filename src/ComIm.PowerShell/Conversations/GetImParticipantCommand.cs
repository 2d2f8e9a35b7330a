using System.Management.Automation;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;

namespace ComIm.PowerShell;

/// <summary><c>Get-ImParticipant</c>: lists who takes part in a conversation, oneself first.</summary>
[Cmdlet(VerbsCommon.Get, "ImParticipant")]
[OutputType(typeof(Participant))]
public sealed class GetImParticipantCommand : PSCmdlet
{
    /// <summary>Which conversations.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "Conversations, or the addresses of whom they are with.")]
    [ConversationTransformation]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    [ValidateNotNullOrEmpty]
    public Conversation[] Conversation { get; set; } = [];

    /// <summary>Which participants.</summary>
    [Parameter(Position = 1, HelpMessage = "Only these, by address or name, wildcards allowed.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Address { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var conversation in Conversation)
        {
            WriteObject(conversation.Participants.Prepend(conversation.Self).Where(IsWanted), enumerateCollection: true);
        }
    }

    private bool IsWanted(Participant participant) =>
        AddressPattern.Fits(Address, participant.Address) || (participant.DisplayName is { } name && AddressPattern.Fits(Address, name));
}
