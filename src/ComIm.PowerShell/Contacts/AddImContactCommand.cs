using System.Management.Automation;
using ComIm.Client.Contacts;

namespace ComIm.PowerShell;

/// <summary><c>Add-ImContact</c>: keeps somebody as a contact, or changes one who is kept.</summary>
[Cmdlet(VerbsCommon.Add, "ImContact", SupportsShouldProcess = true)]
[OutputType(typeof(Contact))]
public sealed class AddImContactCommand : AsyncCmdlet
{
    /// <summary>Who.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Who, as sip:bob@example.com; the scheme may be left out.")]
    [Alias("Uri", "SipAddress", "Mail")]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string Address { get; set; } = "";

    /// <summary>The name.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The name that you give them; without it a known contact keeps theirs.")]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    public string? DisplayName { get; set; }

    /// <summary>The groups.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "The groups that they are in; without it a known contact stays in theirs.")]
    [Alias("Groups")]
    [ValidateNotNull]
    public string[]? Group { get; set; }

    /// <summary>Whose contact.</summary>
    [Parameter(HelpMessage = "Whose contact: a connection, its number or address; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <summary>Whether the contact is emitted.</summary>
    [Parameter(HelpMessage = "Emits the contact.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = Resolve(Connection);
        if (ShouldProcess(Address, $"Add to the contacts of {connection.Address}"))
        {
            _ = TryRun(connection, Address, async (writer, stopped) =>
            {
                var contact = await connection.Account.Contacts.AddAsync(Address, DisplayName, Group, stopped).ConfigureAwait(false);
                if (PassThru)
                {
                    writer.Output(contact);
                }
            });
        }
    }
}
