using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ComIm.PowerShell;

/// <summary>Completes <c>-Conversation</c> with the addresses of whom there is one with.</summary>
public sealed class ConversationCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            from connection in ConnectionTable.All
            from conversation in connection.Account.Conversations
            where conversation.Peer.Length > 0
            select (conversation.Peer, $"{conversation.Peer}, {conversation.State}, of {connection.Address}"));
}
