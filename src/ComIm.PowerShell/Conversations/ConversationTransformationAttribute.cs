using System.Collections;
using System.Management.Automation;
using ComIm.Client.Conversations;

namespace ComIm.PowerShell;

/// <summary>
/// Lets <c>-Conversation</c> be a conversation, or the address of whom it is with, wildcards included, where that says
/// which one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConversationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var data = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return data switch
        {
            null or Conversation or Conversation[] => data,
            string text => Find(text),
            IList many => (object[])[.. many.Cast<object?>().Select(item => Transform(engineIntrinsics, item)!)],
            _ => data,
        };
    }

    private static Conversation Find(string text)
    {
        var pattern = AddressPattern.Of(text);
        var found = ConnectionTable.All
            .SelectMany(connection => connection.Account.Conversations)
            .Where(conversation => pattern.IsMatch(conversation.Peer))
            .ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new ArgumentTransformationMetadataException(
                $"There is no conversation with '{text}': Get-ImConversation lists them."),
            _ => throw new ArgumentTransformationMetadataException(
                $"'{text}' stands for {found.Count} conversations: pipe the one that is meant from Get-ImConversation."),
        };
    }
}
