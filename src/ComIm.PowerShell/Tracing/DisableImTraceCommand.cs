using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary><c>Disable-ImTrace</c>: ends what <c>Enable-ImTrace</c> began.</summary>
[Cmdlet(VerbsLifecycle.Disable, "ImTrace", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class DisableImTraceCommand : PSCmdlet
{
    /// <summary>Whose trace ends.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true,
        HelpMessage = "Whose trace ends: connections, their numbers or addresses; every trace where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public ImConnection[]? Connection { get; set; }

    /// <summary>Whether the files are emitted.</summary>
    [Parameter(HelpMessage = "Emits the files that were written.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var connection in Connection ?? [null!])
        {
            if (!ShouldProcess(connection?.Address ?? "all connections", "End the trace"))
            {
                continue;
            }

            var files = TraceTable.Clear(connection);
            if (PassThru)
            {
                WriteObject(files.Select(path => new FileInfo(path)), enumerateCollection: true);
            }
        }
    }
}
