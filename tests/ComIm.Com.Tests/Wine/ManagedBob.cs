using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>bob as a C# program plays him: he types, answers, and invites when he has been left.</summary>
internal sealed class ManagedBob : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ImClient _client = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImAccount _account = null!;
    private Conversation _alice = null!;

    private ManagedBob()
    {
    }

    public static async Task<ManagedBob> SignInAsync(TestServer server)
    {
        var bob = new ManagedBob();
        bob._account = await bob._client.SignInAsync(server.SettingsOf("bob") with { MessagingMode = MessagingMode.Session });
        bob._alice = bob._account.GetConversation("sip:alice@" + TestServer.Domain);
        bob._account.MessageReceived += (_, e) => _ = bob.AnswerAsync(e.Message.Text);
        bob._alice.StateChanged += (_, e) =>
        {
            if (e.NewState == ConversationState.Disconnected)
            {
                bob._left.TrySetResult();
            }
        };
        return bob;
    }

    /// <summary>Waits for the end of the first session; where the other side's run has ended before, that is shown.</summary>
    public async Task UntilLeftAsync(Task<string> run)
    {
        if (await Task.WhenAny(run, _left.Task) == run)
        {
            await run;
        }
    }

    /// <summary>Invites alice, writes, takes her answer, and leaves.</summary>
    public async Task InviteAsync()
    {
        await _alice.StartAsync().WaitAsync(Patience);
        await _alice.SendAsync("Hello from the peer").WaitAsync(Patience);
        await _answered.Task.WaitAsync(Patience);
        await _alice.LeaveAsync().WaitAsync(Patience);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task AnswerAsync(string text)
    {
        if (text.StartsWith("Hello back", StringComparison.Ordinal))
        {
            _answered.TrySetResult();
            return;
        }

        await _alice.SendTypingAsync();
        await _alice.SendAsync("You said: " + text);
    }
}
