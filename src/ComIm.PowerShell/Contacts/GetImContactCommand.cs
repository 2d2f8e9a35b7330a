using System.Management.Automation;
using ComIm.Client.Contacts;

namespace ComIm.PowerShell;

/// <summary><c>Get-ImContact</c>: lists the people that the user keeps.</summary>
[Cmdlet(VerbsCommon.Get, "ImContact")]
[OutputType(typeof(Contact))]
public sealed class GetImContactCommand : AsyncCmdlet
{
    /// <summary>Which contacts.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Which contacts, by address or name, wildcards allowed; all where none is named.")]
    [Alias("Uri", "SipAddress", "Mail")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PersonCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Address { get; set; }

    /// <summary>Of which groups.</summary>
    [Parameter(HelpMessage = "Only those in one of these groups, wildcards allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Group { get; set; }

    /// <summary>Whose contacts.</summary>
    [Parameter(HelpMessage = "Whose contacts: a connection, its number or address; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(
        Resolve(Connection).Account.Contacts.All.Where(contact => IsWanted(contact) && IsInGroup(contact)), enumerateCollection: true);

    private bool IsWanted(Contact contact) =>
        AddressPattern.Fits(Address, contact.Address) || (contact.DisplayName is { } name && AddressPattern.Fits(Address, name));

    private bool IsInGroup(Contact contact) => Group is null || contact.Groups.Any(group => AddressPattern.Fits(Group, group));
}
