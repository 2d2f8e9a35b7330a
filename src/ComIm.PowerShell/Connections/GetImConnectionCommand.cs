using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary><c>Get-ImConnection</c>: lists who is signed in.</summary>
[Cmdlet(VerbsCommon.Get, "ImConnection", DefaultParameterSetName = "Address")]
[OutputType(typeof(ImConnection))]
public sealed class GetImConnectionCommand : PSCmdlet
{
    /// <summary>Whose connections.</summary>
    [Parameter(Position = 0, ParameterSetName = "Address", ValueFromPipelineByPropertyName = true,
        HelpMessage = "Whose connections, wildcards allowed; all where none is named.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Address { get; set; }

    /// <summary>The numbers of the connections.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id", HelpMessage = "The numbers of the connections.")]
    public int[] Id { get; set; } = [];

    /// <summary>The default alone.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Default",
        HelpMessage = "Only the connection that is used where none is named.")]
    public SwitchParameter Default { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Find(), enumerateCollection: true);

    private IEnumerable<ImConnection> Find() => ParameterSetName switch
    {
        "Id" => ConnectionTable.All.Where(connection => Id.Contains(connection.Id)),
        "Default" => ConnectionTable.All.Where(connection => Default == connection.IsDefault),
        _ => ConnectionTable.All.Where(connection => AddressPattern.Fits(Address, connection.Address)),
    };
}
