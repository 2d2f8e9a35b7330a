using System.Management.Automation;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;

namespace ComIm.PowerShell;

/// <summary><c>Remove-ImParticipant</c>: asks people to leave a conversation of several.</summary>
[Cmdlet(VerbsCommon.Remove, "ImParticipant", SupportsShouldProcess = true)]
[OutputType(typeof(Participant))]
public sealed class RemoveImParticipantCommand : AsyncCmdlet
{
    /// <summary>Which conversation.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "A conversation, or the address of whom it is with.")]
    [ConversationTransformation]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    [ValidateNotNull]
    public Conversation Conversation { get; set; } = null!;

    /// <summary>Who.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Who, as sip:carol@example.com; the scheme may be left out.")]
    [Alias("Uri", "SipAddress", "Mail")]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Address { get; set; } = [];

    /// <summary>How long the answer to each removal may take, in seconds.</summary>
    [Parameter(HelpMessage = "How long the answer to each removal may take, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 60;

    /// <summary>Whether the participants are emitted.</summary>
    [Parameter(HelpMessage = "Emits the participants that were removed.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (conversation, connection) = (Conversation, Demand(ConnectionTable.OwnerOf(Conversation)));
        foreach (var address in Address)
        {
            var participant = conversation.Participants.FirstOrDefault(p => AddressPattern.Of(WildcardPattern.Escape(address)).IsMatch(p.Address));
            if (ShouldProcess(address, $"Remove from the conversation with {conversation.Peer}")
                && TryRun(connection, address, (_, stopped) => WithinAsync(
                    TimeoutSec,
                    $"The conference did not answer within {TimeoutSec} s, and may have removed {address}: look with Get-ImParticipant.",
                    ending => conversation.RemoveParticipantAsync(address, ending),
                    stopped))
                && PassThru && participant is not null)
            {
                WriteObject(participant);
            }
        }
    }
}
