using ComIm.Client;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;

namespace ComIm.Faults.Tests.Chats;

/// <summary>
/// Accounts for the messages of one direction: each ends as delivered or as failed with its cause; who reads them has each that was
/// delivered, in order, none twice and none that nobody wrote.
/// </summary>
internal sealed class Ledger
{
    /// <summary>No test waits this long unless something hangs.</summary>
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(120);

    private readonly Conversation _writer;
    private readonly string _name;
    private readonly List<(string Text, Task<ChatMessage> Sending)> _entries = [];

    public Ledger(Conversation writer, string name) => (_writer, _name) = (writer, name);

    /// <summary>How many have been delivered.</summary>
    public int Delivered { get; private set; }

    /// <summary>How many have failed.</summary>
    public int Failed => Causes.Count;

    /// <summary>Why those failed that did.</summary>
    public List<string> Causes { get; } = [];

    /// <summary>Writes so many more without waiting.</summary>
    public void Write(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var text = $"{_name}-{_entries.Count}";
            _entries.Add((text, _writer.SendAsync(text)));
        }
    }

    /// <summary>Writes one that must be delivered.</summary>
    public async Task WriteAsync() => Assert.True(await TryWriteAsync(), $"{_entries[^1].Text} was not delivered");

    /// <summary>Writes one and says whether it was delivered.</summary>
    public async Task<bool> TryWriteAsync()
    {
        Write(1);
        await ((Task)_entries[^1].Sending.WaitAsync(Guard)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _entries[^1].Sending.IsCompletedSuccessfully;
    }

    /// <summary>Waits for the end of every message.</summary>
    public async Task SettleAsync() =>
        await Task.WhenAll(_entries.Select(e => Record.ExceptionAsync(() => e.Sending))).WaitAsync(Guard);

    /// <summary>Compares what was written with what somebody has read; every message is settled.</summary>
    public void Check(Conversation reader) =>
        Check([.. reader.Messages.Where(m => m.Direction == MessageDirection.Incoming && m.Text.StartsWith(_name + "-", StringComparison.Ordinal)).Select(m => m.Text)]);

    /// <summary>The same.</summary>
    public void Check(IReadOnlyList<string> read)
    {
        var delivered = new List<string>();
        Causes.Clear();
        foreach (var (text, sending) in _entries)
        {
            Assert.True(sending.IsCompleted, $"{text} has no end");
            if (sending.Exception?.InnerException is not { } failure)
            {
                delivered.Add(text);
                continue;
            }

            var delivery = Assert.IsType<MessageDeliveryException>(failure);
            Causes.Add($"{text}: {delivery.Message}");
            Assert.True(
                delivery.Error is ImError.Timeout or ImError.ServerUnreachable or ImError.RecipientUnavailable or ImError.ServerFailure,
                $"{text}: {delivery.Error}, {delivery.Message}");

            // Its answer was lost; a receipt that came later knows better.
            delivered.AddRange(delivery.ChatMessage.Status == MessageStatus.Failed ? [] : [text]);
        }

        Delivered = delivered.Count;
        Assert.Equal(read.Distinct(), read);
        Assert.Empty(delivered.Except(read));
        Assert.Equal(_entries.Select(e => e.Text).Where(read.Contains), read);
    }
}
