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

    private static IEnumerable<(string Address, string ToolTip)> People() => ConnectionTable.All.SelectMany(connection => connection.Account.Contacts.All
        .Select(contact => (contact.Address, $"{contact}, contact of {connection.Address}"))
        .Concat(connection.Account.Conversations.Select(conversation => (conversation.Peer, $"{conversation.Peer}, conversation of {connection.Address}")))
        .Where(person => person.Item1.Length > 0));
}
