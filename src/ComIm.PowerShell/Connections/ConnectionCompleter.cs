using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ComIm.PowerShell;

/// <summary>Completes <c>-Connection</c> with the addresses of who is signed in.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, ConnectionTable.All.Select(c => (c.Address, $"{c.Address}, {c.State}")));
}
