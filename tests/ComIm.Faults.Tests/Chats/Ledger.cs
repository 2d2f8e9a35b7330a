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
    public async Task WriteAsync()
    {
        Write(1);
        Assert.Equal(MessageStatus.Delivered, (await _entries[^1].Sending.WaitAsync(Guard)).Status);
    }

    /// <summary>Waits for the end of every message.</summary>
    public async Task SettleAsync()
    {
        var settled = _entries.Select(e => Record.ExceptionAsync(() => e.Sending));
        await Task.WhenAll(settled).WaitAsync(Guard);
    }

    /// <summary>Compares what was written with what somebody has read.</summary>
    public async Task CheckAsync(params Conversation[] readers)
    {
        var delivered = new List<string>();
        foreach (var (text, sending) in _entries)
        {
            if (await Record.ExceptionAsync(() => sending) is { } failure)
            {
                var delivery = Assert.IsType<MessageDeliveryException>(failure);
                Causes.Add($"{text}: {delivery.Message}");

                // Its answer was lost; a receipt that came later knows better.
                delivered.AddRange(delivery.ChatMessage.Status == MessageStatus.Failed ? [] : [text]);
                Assert.True(
                    delivery.Error is ImError.Timeout or ImError.ServerUnreachable or ImError.RecipientUnavailable or ImError.ServerFailure,
                    $"{text}: {delivery.Error}, {delivery.Message}");
            }
            else
            {
                delivered.Add(text);
            }
        }

        Delivered = delivered.Count;
        foreach (var reader in readers)
        {
            var read = reader.Messages.Where(m => m.Direction == MessageDirection.Incoming && m.Text.StartsWith(_name + "-", StringComparison.Ordinal)).Select(m => m.Text).ToList();
            Assert.Equal(read.Distinct(), read);
            Assert.Empty(delivered.Except(read));
            Assert.Equal(_entries.Select(e => e.Text).Where(read.Contains), read);
        }
    }
}
