using System.Management.Automation;
using ComIm.Client.Conversations;

namespace ComIm.PowerShell;

/// <summary><c>Stop-ImConversation</c>: leaves conversations.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ImConversation", SupportsShouldProcess = true)]
[OutputType(typeof(Conversation))]
public sealed class StopImConversationCommand : AsyncCmdlet
{
    /// <summary>Which conversations.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "Conversations, or the addresses of whom they are with.")]
    [ConversationTransformation]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    [ValidateNotNullOrEmpty]
    public Conversation[] Conversation { get; set; } = [];

    /// <summary>How long each goodbye may take, in seconds.</summary>
    [Parameter(HelpMessage = "How long each goodbye may take, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>Whether the conversations are emitted.</summary>
    [Parameter(HelpMessage = "Emits the conversations that were left.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var conversation in Conversation)
        {
            if (ShouldProcess(conversation.Peer, "Leave the conversation")
                && TryRun(ConnectionTable.OwnerOf(conversation), conversation, (_, stopped) => WithinAsync(
                    TimeoutSec,
                    $"{conversation.Peer} did not answer the goodbye within {TimeoutSec} s, and may not know of it.",
                    conversation.LeaveAsync,
                    stopped))
                && PassThru)
            {
                WriteObject(conversation);
            }
        }
    }
}
