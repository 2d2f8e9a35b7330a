using System.Management.Automation;
using ComIm.Server;

namespace ComIm.PowerShell;

/// <summary><c>Stop-ImServer</c>: stops what <c>Start-ImServer</c> started.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ImServer", SupportsShouldProcess = true)]
[OutputType(typeof(ImServer))]
public sealed class StopImServerCommand : AsyncCmdlet
{
    /// <summary>The servers.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true,
        HelpMessage = "Servers of Start-ImServer; every one of this process where none is named.")]
    [ValidateNotNullOrEmpty]
    public ImServer[]? Server { get; set; }

    /// <summary>How long each stop may take, in seconds.</summary>
    [Parameter(HelpMessage = "How long each stop may take, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>Whether the servers are emitted.</summary>
    [Parameter(HelpMessage = "Emits the servers that were stopped.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in Server ?? [.. ServerTable.All])
        {
            if (ShouldProcess($"{server.Domain} at {server.LocalEndPoint}", "Stop the server") && ServerTable.Remove(server)
                && TryRun(null, server, (_, stopped) => WithinAsync(
                    TimeoutSec,
                    $"The server did not end within {TimeoutSec} s, and goes on ending.",
                    ending => server.DisposeAsync().AsTask().WaitAsync(ending),
                    stopped))
                && PassThru)
            {
                WriteObject(server);
            }
        }
    }
}
