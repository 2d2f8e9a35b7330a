using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary><c>Disconnect-ImServer</c>: signs accounts out.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "ImServer", SupportsShouldProcess = true)]
[OutputType(typeof(ImConnection))]
public sealed class DisconnectImServerCommand : AsyncCmdlet
{
    /// <summary>Who signs out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true,
        HelpMessage = "Who signs out: connections, their numbers or addresses; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public ImConnection[]? Connection { get; set; }

    /// <summary>How long each sign-out may take, in seconds.</summary>
    [Parameter(HelpMessage = "How long each sign-out may take, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>Whether the connections are emitted.</summary>
    [Parameter(HelpMessage = "Emits the connections that were signed out.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var connection in Connection ?? [Resolve(named: null)])
        {
            // Signing out twice does nothing, so a connection that is no longer in the table is passed over.
            if (ShouldProcess(connection.Address, "Sign out") && ConnectionTable.Remove(connection)
                && TryRun(connection, connection, (_, stopped) => WithinAsync(
                    TimeoutSec,
                    $"The server of {connection.Address} did not answer within {TimeoutSec} s. The connection is closed; the registration ends by itself.",
                    connection.CloseAsync,
                    stopped))
                && PassThru)
            {
                WriteObject(connection);
            }
        }
    }
}
