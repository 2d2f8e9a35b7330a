using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ComIm.PowerShell;

/// <summary>Completes the address of another person: whoever there has been a conversation with.</summary>
public sealed class PersonCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, People());

    private static IEnumerable<(string Address, string ToolTip)> People() =>
        from connection in ConnectionTable.All
        from conversation in connection.Account.Conversations
        select (conversation.Peer, $"{conversation.Peer}, conversation of {connection.Address}");
}
