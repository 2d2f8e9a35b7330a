using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;

namespace ComIm.PowerShell;

/// <summary>Completes the names of events: those of what <c>-InputObject</c> names, else those of connections.</summary>
public sealed class EventNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var type = fakeBoundParameters["InputObject"] switch
        {
            null => typeof(ImAccount),
            PSObject wrapped => wrapped.BaseObject.GetType(),
            // A variable's value is not known while one types; most of them are conversations.
            string => typeof(Conversation),
            var source => source.GetType(),
        };
        return Completion.Of(
            wordToComplete, type.GetEvents().Select(e => (e.Name, $"{e.Name} of {type.Name}")).OrderBy(e => e.Name, StringComparer.Ordinal));
    }
}
