using System.Management.Automation;
using ComIm.Client;

namespace ComIm.PowerShell;

/// <summary><c>Disconnect-ImServer</c>: signs accounts out.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "ImServer", SupportsShouldProcess = true)]
public sealed class DisconnectImServerCommand : AsyncCmdlet
{
    /// <summary>Who signs out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true,
        HelpMessage = "Who signs out: connections of Connect-ImServer; the default where none is named.")]
    [ValidateNotNullOrEmpty]
    public ImConnection[]? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var connection in Connection ?? [Resolve(named: null)])
        {
            // Signing out twice does nothing, so a connection that is no longer in the table is passed over.
            if (ShouldProcess(connection.Address, "Sign out") && ConnectionTable.Remove(connection))
            {
                SignOut(connection);
            }
        }
    }

    private void SignOut(ImConnection connection)
    {
        try
        {
            Run(connection, (_, cancellationToken) => connection.CloseAsync(cancellationToken));
        }
        catch (ImException e)
        {
            WriteError(ImErrorTable.Record(e, connection));
        }
    }
}
