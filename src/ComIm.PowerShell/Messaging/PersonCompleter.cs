using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ComIm.PowerShell;

/// <summary>Completes the address of another person: contacts, and whoever there has been a conversation with.</summary>
public sealed class PersonCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, People());

    private static IEnumerable<(string Address, string ToolTip)> People() => ConnectionTable.All.SelectMany(Contacts)
        .Concat(ConnectionTable.All.SelectMany(Peers).Where(peer => peer.Address.Length > 0));

    private static IEnumerable<(string Address, string ToolTip)> Contacts(ImConnection connection) =>
        connection.Account.Contacts.All.Select(contact => (contact.Address, $"{contact}, contact of {connection.Address}"));

    private static IEnumerable<(string Address, string ToolTip)> Peers(ImConnection connection) =>
        connection.Account.Conversations.Select(c => (c.Peer, $"{c.Peer}, conversation of {connection.Address}"));
}
