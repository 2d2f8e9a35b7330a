using System.Management.Automation;
using ComIm.Client.Presence;

namespace ComIm.PowerShell;

/// <summary><c>Get-ImPresence</c>: says how others are, and without an address what was said of oneself.</summary>
[Cmdlet(VerbsCommon.Get, "ImPresence", DefaultParameterSetName = "Own")]
[OutputType(typeof(PresenceStatus), typeof(Presentity))]
public sealed class GetImPresenceCommand : AsyncCmdlet
{
    /// <summary>Whose presence.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Address", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Whose presence, wildcards for contacts allowed; they are watched from then on, until the connection ends.")]
    [Alias("Uri", "SipAddress", "Mail")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Address { get; set; } = [];

    /// <summary>Who asks.</summary>
    [Parameter(HelpMessage = "Who asks: a connection, its number or address; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <summary>How long the server may take to say it, in seconds.</summary>
    [Parameter(ParameterSetName = "Address",
        HelpMessage = "How long to wait until the server has said it, in seconds; then what is known is emitted.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 10;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = Resolve(Connection);
        if (ParameterSetName == "Own")
        {
            WriteObject(connection.Account.Presence.Own);
            return;
        }

        foreach (var address in Address.SelectMany(address => Expand(connection, address)))
        {
            _ = TryRun(connection, address, async (writer, stopped) => writer.Output(
                await connection.Watches.GetAsync(address, TimeSpan.FromSeconds(TimeoutSec), stopped).ConfigureAwait(false)));
        }
    }

    private static IEnumerable<string> Expand(ImConnection connection, string address) => AddressPattern.IsPattern(address)
        ? connection.Account.Contacts.All.Select(contact => contact.Address).Where(AddressPattern.Of(address).IsMatch)
        : [address];
}
