using System.Management.Automation;
using ComIm.Client.Presence;

namespace ComIm.PowerShell;

/// <summary><c>Set-ImPresence</c>: tells others how things are.</summary>
[Cmdlet(VerbsCommon.Set, "ImPresence", SupportsShouldProcess = true)]
[OutputType(typeof(PresenceStatus))]
public sealed class SetImPresenceCommand : AsyncCmdlet
{
    /// <summary>Whether one can be reached.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Whether you can be reached; Unknown takes back what was said.")]
    public PresenceAvailability Availability { get; set; }

    /// <summary>A line for people.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "A line for people to read.")]
    public string? Note { get; set; }

    /// <summary>What one is doing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "What you are doing, as Meeting or OnThePhone.")]
    [Alias("Activities")]
    [ValidateNotNull]
    public PresenceActivity[] Activity { get; set; } = [];

    /// <summary>Who says it.</summary>
    [Parameter(HelpMessage = "Who says it: connections, their numbers or addresses; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public ImConnection[]? Connection { get; set; }

    /// <summary>How long the server's answer may take, in seconds.</summary>
    [Parameter(HelpMessage = "How long the server's answer may take, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>Whether the presence is emitted.</summary>
    [Parameter(HelpMessage = "Emits what is said from now on.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var connection in Connection ?? [Resolve(named: null)])
        {
            if (ShouldProcess(connection.Address, $"Say that it is {Availability}")
                && TryRun(connection, connection, (_, stopped) => WithinAsync(
                    TimeoutSec,
                    $"The server did not answer within {TimeoutSec} s, and may have taken it: try again, or raise -TimeoutSec.",
                    ending => connection.Account.Presence.PublishAsync(Availability, Note, Activity, ending),
                    stopped))
                && PassThru)
            {
                WriteObject(connection.Account.Presence.Own);
            }
        }
    }
}
