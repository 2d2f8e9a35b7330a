using System.Management.Automation;
using ComIm.Client;
using ComIm.Client.Conversations;

namespace ComIm.PowerShell;

/// <summary><c>Start-ImConversation</c>: begins a session with one person, or a group of several.</summary>
[Cmdlet(VerbsLifecycle.Start, "ImConversation", SupportsShouldProcess = true)]
[OutputType(typeof(Conversation))]
public sealed class StartImConversationCommand : AsyncCmdlet
{
    /// <summary>With whom.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "With whom; several addresses make a group.")]
    [Alias("Uri", "SipAddress", "Mail")]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] To { get; set; } = [];

    /// <summary>What it is about.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "What it is about.")]
    [ValidateNotNullOrEmpty]
    public string? Subject { get; set; }

    /// <summary>Who begins it.</summary>
    [Parameter(HelpMessage = "Who begins it: a connection, its number or address; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <summary>How long the others may take to answer, in seconds.</summary>
    [Parameter(HelpMessage = "How long the others may take to answer, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 60;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = Resolve(Connection);
        var people = string.Join(", ", To);
        if (ShouldProcess(people, $"Begin a conversation as {connection.Address}"))
        {
            _ = TryRun(connection, people, (writer, stopped) => WithinAsync(
                TimeoutSec,
                $"{people} did not answer within {TimeoutSec} s: try again later, or raise -TimeoutSec.",
                ending => To is [var one] ? BeginAsync(connection, one, writer, ending) : BeginGroupAsync(connection, writer, ending),
                stopped));
        }
    }

    private async Task BeginAsync(ImConnection connection, string address, PipelineWriter writer, CancellationToken ending)
    {
        var conversation = connection.Account.GetConversation(address);
        conversation.Subject = Subject ?? conversation.Subject;
        try
        {
            await conversation.StartAsync(ending).ConfigureAwait(false);
        }
        catch (ImException e) when (e.Error == ImError.NotAccepted)
        {
            writer.Verbose($"{address} takes no sessions; what is said goes by itself (RFC 3428).");
        }
        catch (OperationCanceledException)
        {
            // It may still ring there.
            await conversation.LeaveAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        writer.Output(conversation);
    }

    private async Task BeginGroupAsync(ImConnection connection, PipelineWriter writer, CancellationToken ending)
    {
        var conversation = connection.Account.CreateConversation();
        conversation.Subject = Subject;
        try
        {
            foreach (var address in To)
            {
                try
                {
                    await conversation.AddParticipantAsync(address, ending).ConfigureAwait(false);
                }
                catch (ImException e)
                {
                    writer.Error(ImErrorTable.Record(e, address));
                }
            }
        }
        catch (OperationCanceledException)
        {
            await conversation.LeaveAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        if (conversation.State == ConversationState.Connected)
        {
            writer.Output(conversation);
        }
    }
}
