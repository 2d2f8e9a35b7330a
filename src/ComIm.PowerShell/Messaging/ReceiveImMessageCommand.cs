using System.Management.Automation;
using ComIm.Client.Messaging;

namespace ComIm.PowerShell;

/// <summary><c>Receive-ImMessage</c>: emits the messages that have come in, and with <c>-Wait</c> those that will.</summary>
[Cmdlet(VerbsCommunications.Receive, "ImMessage", DefaultParameterSetName = "Available")]
[OutputType(typeof(ChatMessage))]
public sealed class ReceiveImMessageCommand : AsyncCmdlet
{
    private const string TimeoutHelp = "How long to wait for messages, in seconds; then the cmdlet ends with what has come.";

    /// <summary>The longest time that a timer of .NET takes: 2^32 - 2 milliseconds, seven weeks.</summary>
    private const int LongestTimeout = 4_294_967;

    /// <summary>Whose messages.</summary>
    [Parameter(Position = 0,
        HelpMessage = "Only messages of these senders, wildcards allowed; the others stay for the next Receive-ImMessage.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? From { get; set; }

    /// <summary>Whether to wait for more.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Wait", HelpMessage = "Waits for messages until Ctrl+C, or until -Count have come.")]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many are wanted.</summary>
    [Parameter(HelpMessage = "How many are wanted; then the cmdlet ends.")]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = int.MaxValue;

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter(ParameterSetName = "Wait", HelpMessage = TimeoutHelp)]
    [Parameter(Mandatory = true, ParameterSetName = "Timeout", HelpMessage = TimeoutHelp)]
    [ValidateRange(1, LongestTimeout)]
    public int TimeoutSec { get; set; }

    /// <summary>Who receives.</summary>
    [Parameter(ValueFromPipeline = true,
        HelpMessage = "Who receives: a connection, its number or address; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = Resolve(Connection);
        Run(connection, ParameterSetName == "Available"
            ? (writer, stopped) => EmitAvailableAsync(connection.Received, writer, stopped)
            : (writer, stopped) => EmitComingAsync(connection.Received, writer, stopped));
    }

    /// <summary>Says that messages were lost, with the first message after the loss.</summary>
    private static void WarnOfDropped(ReceivedMessages received, PipelineWriter writer)
    {
        if (received.TakeDropped() is > 0 and var dropped)
        {
            writer.Warning(
                $"{dropped} messages have come that nobody received in time, as a connection keeps only its latest {ReceivedMessages.MaxKept}. "
                + "Get-ImConversation still has them in Messages.");
        }
    }

    private bool IsWanted(ChatMessage message) => AddressPattern.Fits(From, message.From);

    private async Task EmitAvailableAsync(ReceivedMessages received, PipelineWriter writer, CancellationToken stopped)
    {
        WarnOfDropped(received, writer);
        for (var count = 0; count < Count && received.TryTake(IsWanted) is { } message; count++)
        {
            await writer.OutputAsync(message, stopped).ConfigureAwait(false);
        }
    }

    private async Task EmitComingAsync(ReceivedMessages received, PipelineWriter writer, CancellationToken stopped)
    {
        var limit = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : Timeout.InfiniteTimeSpan;
        using var timer = new CancellationTokenSource(limit, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopped, timer.Token);
        try
        {
            for (var count = 0; count < Count; count++)
            {
                if (await received.TakeAsync(IsWanted, ending.Token).ConfigureAwait(false) is not { } message)
                {
                    break;
                }

                WarnOfDropped(received, writer);
                await writer.OutputAsync(message, stopped).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !stopped.IsCancellationRequested)
        {
            // As long as was asked for.
        }
    }
}
