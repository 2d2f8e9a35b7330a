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

    /// <summary>Whether the servers are emitted.</summary>
    [Parameter(HelpMessage = "Emits the servers that were stopped.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in Server ?? [.. ServerTable.All])
        {
            if (ShouldProcess($"{server.Domain} at {server.LocalEndPoint}", "Stop the server") && ServerTable.Remove(server))
            {
                Run(null, (writer, _) => server.DisposeAsync().AsTask());
                if (PassThru)
                {
                    WriteObject(server);
                }
            }
        }
    }
}
