using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary>
/// Tells people that a long pipeline goes on: nothing in the first second, then at most five times a second. How many
/// are still to come nobody knows in a pipeline.
/// </summary>
internal sealed class SendingProgress(PSCmdlet cmdlet)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private long _shown;
    private int _count;

    /// <summary>One more recipient is done.</summary>
    /// <param name="recipient">Who.</param>
    public void Add(string recipient)
    {
        _count++;
        if (TimeProvider.System.GetElapsedTime(_begun) > Patience && TimeProvider.System.GetElapsedTime(_shown) > Pace)
        {
            _shown = TimeProvider.System.GetTimestamp();
            cmdlet.WriteProgress(new ProgressRecord(1, "Sending messages", $"{_count} sent, the last one to {recipient}"));
        }
    }

    /// <summary>All are done.</summary>
    public void Complete()
    {
        if (_shown != 0)
        {
            cmdlet.WriteProgress(new ProgressRecord(1, "Sending messages", $"{_count} sent") { RecordType = ProgressRecordType.Completed });
        }
    }
}
