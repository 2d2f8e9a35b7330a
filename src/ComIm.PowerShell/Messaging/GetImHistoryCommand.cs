using System.Management.Automation;
using ComIm.Client;
using ComIm.Client.Messaging;

namespace ComIm.PowerShell;

/// <summary><c>Get-ImHistory</c>: emits what was written, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "ImHistory")]
[OutputType(typeof(ChatMessage))]
public sealed class GetImHistoryCommand : AsyncCmdlet
{
    /// <summary>With whom.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "With whom it was written, wildcards allowed; everybody where nobody is named.")]
    [Alias("Uri", "SipAddress", "Mail", "Peer")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Address { get; set; }

    /// <summary>From when on.</summary>
    [Parameter(HelpMessage = "Only what was written at this time or later.")]
    public DateTimeOffset? Since { get; set; }

    /// <summary>How many.</summary>
    [Parameter(HelpMessage = "At most so many for each person, the newest.")]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Whose history.</summary>
    [Parameter(HelpMessage = "Whose history: a connection, its number or address; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var history = Resolve(Connection).Account.History;
        foreach (var peer in history.Addresses.Where(peer => AddressPattern.Fits(Address, peer)))
        {
            try
            {
                WriteObject(history.Read(peer, Since, Last), enumerateCollection: true);
            }
            catch (ImException e)
            {
                WriteError(ImErrorTable.Record(e, peer));
            }
        }
    }
}
