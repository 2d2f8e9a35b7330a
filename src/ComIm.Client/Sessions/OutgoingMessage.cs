using ComIm.Client.Messaging;

namespace ComIm.Client.Sessions;

/// <summary>A message that waits for its turn.</summary>
internal sealed class OutgoingMessage(ChatMessage message, SendOptions options)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChatMessage Message { get; } = message;

    public SendOptions Options { get; } = options;

    /// <summary>How often a session was lost under it.</summary>
    public int Losses { get; set; }

    /// <summary>Its fate is known and stands in the message.</summary>
    public Task Settled => _settled.Task;

    public void Settle() => _settled.TrySetResult();
}
