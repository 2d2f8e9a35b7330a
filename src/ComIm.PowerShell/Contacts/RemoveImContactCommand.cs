using System.Management.Automation;
using ComIm.Client;
using ComIm.Client.Contacts;

namespace ComIm.PowerShell;

/// <summary><c>Remove-ImContact</c>: keeps somebody no longer.</summary>
[Cmdlet(VerbsCommon.Remove, "ImContact", SupportsShouldProcess = true)]
[OutputType(typeof(Contact))]
public sealed class RemoveImContactCommand : AsyncCmdlet
{
    /// <summary>Who.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Who, as sip:bob@example.com; the scheme may be left out.")]
    [Alias("Uri", "SipAddress", "Mail")]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string Address { get; set; } = "";

    /// <summary>Whose contact.</summary>
    [Parameter(HelpMessage = "Whose contact: a connection, its number or address; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <summary>Whether the contact is emitted.</summary>
    [Parameter(HelpMessage = "Emits the contact that was removed.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = Resolve(Connection);
        if (ShouldProcess(Address, $"Remove from the contacts of {connection.Address}"))
        {
            _ = TryRun(connection, Address, (writer, stopped) => RemoveAsync(connection.Account.Contacts, writer, stopped));
        }
    }

    private async Task RemoveAsync(ContactList contacts, PipelineWriter writer, CancellationToken stopped)
    {
        var contact = contacts.Find(Address);
        if (contact is null || !await contacts.RemoveAsync(Address, stopped).ConfigureAwait(false))
        {
            throw new ImException(ImError.RecipientUnknown, $"{Address} is no contact: Get-ImContact lists them.");
        }

        if (PassThru)
        {
            writer.Output(contact);
        }
    }
}
