using ComIm.Client.Conversations;

namespace ComIm.Client.Tests.Conferencing;

/// <summary>Says one numbered thing after the other in a conversation until told to stop, and remembers what it has said.</summary>
internal sealed class Talker
{
    private readonly Conversation _conversation;
    private readonly string _name;
    private readonly Lock _gate = new();
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource _spoken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDone;

    public Talker(Conversation conversation, string name)
    {
        _conversation = conversation;
        _name = name;
        Done = Task.Run(TalkAsync);
    }

    /// <summary>Everything said has been taken; fails where something was not.</summary>
    public Task Done { get; }

    /// <summary>The first thing has been said.</summary>
    public Task Begun => _spoken.Task;

    /// <summary>What has been begun to be said so far.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_gate)
            {
                return [.. _said];
            }
        }
    }

    /// <summary>Says three more things and ends.</summary>
    public void Stop() => _isDone = true;

    private async Task TalkAsync()
    {
        var left = 3;
        for (var number = 1; left > 0; number++)
        {
            left -= _isDone ? 1 : 0;
            var text = $"{_name}-{number}";
            lock (_gate)
            {
                _said.Add(text);
            }

            await _conversation.SendAsync(text);
            _spoken.TrySetResult();
        }
    }
}
