using ComIm.Cli.Terminal;
using ComIm.Client.Conversations;

namespace ComIm.Cli.Demo.Scenes;

/// <summary>A chat in a session (INVITE with <c>m=message</c>), with a sign that somebody is typing, and its end.</summary>
internal sealed class SessionScene : IDemoScene
{
    /// <inheritdoc/>
    public async Task PlayAsync(DemoStage stage, CancellationToken cancellationToken)
    {
        stage.Begin($"{stage.Alice.Name} begins a session with {stage.Bob.Name}");
        var hers = stage.Alice.Account.GetConversation(stage.Bob.Account.Address);
        var his = stage.Bob.Account.GetConversation(stage.Alice.Account.Address);
        await hers.StartAsync(cancellationToken).ConfigureAwait(false);
        stage.Show($"{hers.State}; both know it as {SafeText.OneLine(hers.ConversationId ?? "")}");

        var typing = SeenTyping(his);
        stage.Begin($"{stage.Alice.Name} types");
        await hers.SendTypingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await typing.WaitAsync(cancellationToken).ConfigureAwait(false);
        stage.Show($"{stage.Bob.Name} sees that {stage.Alice.Name} is typing");

        await SayAsync(stage, hers, stage.Bob, "Now we talk in a session.", cancellationToken).ConfigureAwait(false);
        await SayAsync(stage, his, stage.Alice, "And each message goes in it.", cancellationToken).ConfigureAwait(false);

        stage.Begin($"{stage.Bob.Name} leaves the session");
        var left = SeenLeft(hers);
        await his.LeaveAsync(cancellationToken).ConfigureAwait(false);
        await left.WaitAsync(cancellationToken).ConfigureAwait(false);
        stage.Show($"{stage.Alice.Name} sees it: {hers.State}");
    }

    private static async Task SayAsync(DemoStage stage, Conversation conversation, DemoPerson recipient, string text, CancellationToken cancellationToken)
    {
        stage.Begin($"In the session, to {recipient.Name}: {text}");
        var sent = await conversation.SendAsync(text, cancellationToken).ConfigureAwait(false);
        await stage.ReadAsync(sent, recipient, cancellationToken).ConfigureAwait(false);
    }

    private static Task SeenTyping(Conversation conversation)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        conversation.PeerTypingChanged += (_, e) =>
        {
            if (e.IsTyping)
            {
                seen.TrySetResult();
            }
        };
        return seen.Task;
    }

    private static Task SeenLeft(Conversation conversation)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        conversation.StateChanged += (_, e) =>
        {
            if (e.NewState == ConversationState.Disconnected)
            {
                seen.TrySetResult();
            }
        };
        return seen.Task;
    }
}
