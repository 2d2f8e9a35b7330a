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

    /// <summary>The same for what needs no transaction to be given up.</summary>
    public static readonly TimeSpan ShortGuard = TimeSpan.FromSeconds(30);

    private readonly Conversation _writer;
    private readonly string _name;
    private readonly List<(string Text, Task<ChatMessage> Sending, string? Absent)> _entries = [];

    public Ledger(Conversation writer, string name) => (_writer, _name) = (writer, name);

    /// <summary>How many have been delivered.</summary>
    public int Delivered { get; private set; }

    /// <summary>How many have failed.</summary>
    public int Failed => Causes.Count;

    /// <summary>Why those failed that did.</summary>
    public List<string> Causes { get; } = [];

    /// <summary>Writes so many more without waiting.</summary>
    /// <param name="count">How many.</param>
    /// <param name="absent">Who may be out of the room meanwhile, and need not read them; null for nobody.</param>
    public void Write(int count, string? absent = null)
    {
        for (var i = 0; i < count; i++)
        {
            var text = $"{_name}-{_entries.Count}";
            _entries.Add((text, _writer.SendAsync(text), absent));
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

    /// <summary>
    /// Waits until somebody in a room has read what has been taken for them; every message is settled. The room takes a message before
    /// it passes it on (RFC 3428 section 7).
    /// </summary>
    public async Task UntilReadAsync(Conversation reader, string name)
    {
        var owed = _entries.Where(e => e.Absent != name && e.Sending.IsCompletedSuccessfully).Select(e => e.Text).ToList();
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reader.MessageAdded += OnAdded;
        OnAdded(null, null);
        await Record.ExceptionAsync(() => read.Task.WaitAsync(ShortGuard));
        reader.MessageAdded -= OnAdded;
        Assert.True(read.Task.IsCompleted, $"{name} has not read {string.Join(", ", owed.Except(ReadIn(reader)))}");

        void OnAdded(object? sender, MessageReceivedEventArgs? e)
        {
            if (!owed.Except(ReadIn(reader)).Any())
            {
                read.TrySetResult();
            }
        }
    }

    /// <summary>Compares what was written with what somebody has read; every message is settled.</summary>
    /// <param name="reader">Where they have read it.</param>
    /// <param name="name">Who, where somebody may have been absent.</param>
    public void Check(Conversation reader, string? name = null) => Check(ReadIn(reader), name);

    /// <summary>The same.</summary>
    public void Check(IReadOnlyList<string> read, string? name = null)
    {
        var (delivered, owed) = (new List<string>(), new List<string>());
        Causes.Clear();
        foreach (var (text, sending, absent) in _entries)
        {
            Assert.True(sending.IsCompleted, $"{text} has no end");
            if (sending.Exception?.InnerException is not { } failure)
            {
                delivered.Add(text);
                owed.AddRange(absent is not null && absent == name ? [] : [text]);
                continue;
            }

            var delivery = Assert.IsType<MessageDeliveryException>(failure);
            Causes.Add($"{text}: {delivery.Message}");
            Assert.True(
                delivery.Error is ImError.Timeout or ImError.ServerUnreachable or ImError.RecipientUnavailable or ImError.ServerFailure,
                $"{text}: {delivery.Error}, {delivery.Message}");

            // Its answer was lost; a receipt that came later knows better.
            string[] known = delivery.ChatMessage.Status == MessageStatus.Failed ? [] : [text];
            delivered.AddRange(known);
            owed.AddRange(known);
        }

        Delivered = delivered.Count;
        Assert.Equal(read.Distinct(), read);
        Assert.Empty(owed.Except(read));
        Assert.Equal(_entries.Select(e => e.Text).Where(read.Contains), read);
    }
    /// <summary>What of it somebody has read in a conversation, in order.</summary>
    public IReadOnlyList<string> ReadIn(Conversation reader) =>
        [.. reader.Messages.Where(m => m.Direction == MessageDirection.Incoming && m.Text.StartsWith(_name + "-", StringComparison.Ordinal)).Select(m => m.Text)];
}
