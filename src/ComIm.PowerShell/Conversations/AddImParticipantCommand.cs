using System.Management.Automation;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;

namespace ComIm.PowerShell;

/// <summary><c>Add-ImParticipant</c>: asks more people into a conversation; a chat of two becomes a group.</summary>
[Cmdlet(VerbsCommon.Add, "ImParticipant", SupportsShouldProcess = true)]
[OutputType(typeof(Participant))]
public sealed class AddImParticipantCommand : AsyncCmdlet
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

    /// <summary>How long they may take to answer, in seconds.</summary>
    [Parameter(HelpMessage = "How long each of them may take to answer, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 60;

    /// <summary>Whether the participants are emitted.</summary>
    [Parameter(HelpMessage = "Emits the participants that were added.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (conversation, connection) = (Conversation, Demand(ConnectionTable.OwnerOf(Conversation)));
        foreach (var address in Address)
        {
            if (ShouldProcess(address, $"Ask into the conversation with {conversation.Peer}"))
            {
                _ = TryRun(connection, address, (writer, stopped) => WithinAsync(
                    TimeoutSec,
                    $"{address} did not answer within {TimeoutSec} s: try again later, or raise -TimeoutSec.",
                    async ending =>
                    {
                        var participant = await conversation.AddParticipantAsync(address, ending).ConfigureAwait(false);
                        if (PassThru)
                        {
                            writer.Output(participant);
                        }
                    },
                    stopped));
            }
        }
    }
}
