using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;

namespace ComIm.Faults.Tests.Load;

/// <summary>A conversation of two who write in turns, numbered: who reads has every number once and in order.</summary>
internal sealed class ChatPair
{
    private readonly Side _one;
    private readonly Side _other;

    public ChatPair(ImAccount one, ImAccount other)
    {
        _one = new Side(one, other.Address);
        _other = new Side(other, one.Address);
    }

    /// <summary>Messages that were delivered.</summary>
    public int Delivered => _one.Written + _other.Written;

    /// <summary>Messages that were read.</summary>
    public int Read => _one.Read + _other.Read;

    /// <summary>What went wrong: messages that failed, that were doubled, or that are missing.</summary>
    public IEnumerable<string> Faults => _one.Faults.Concat(_other.Faults);

    /// <summary>Lets one write and the other answer, with a pause after both, once at least and until told to stop.</summary>
    /// <param name="pause">How long they say nothing.</param>
    /// <param name="lead">How long it is before they begin, so that not all conversations do at once.</param>
    /// <param name="stop">Ends it after the message that is under way.</param>
    public async Task RunAsync(TimeSpan pause, TimeSpan lead, CancellationToken stop)
    {
        await WaitAsync(lead, stop);
        do
        {
            await _one.WriteAsync();
            await _other.WriteAsync();
            await WaitAsync(pause, stop);
        }
        while (!stop.IsCancellationRequested);
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken stop) =>
        await Task.Delay(time, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private sealed class Side
    {
        private readonly Conversation _conversation;
        private readonly List<string> _faults = [];
        private int _read;

        public Side(ImAccount account, string other)
        {
            _conversation = account.GetConversation(other);

            // Where nobody listens, the account keeps what comes in for who will.
            account.MessageReceived += OnReceived;
        }

        public int Written { get; private set; }

        public int Read => Volatile.Read(ref _read);

        public IReadOnlyList<string> Faults => _faults;

        public async Task WriteAsync()
        {
            try
            {
                await _conversation.SendAsync($"{Written}");
                Written++;
            }
            catch (MessageDeliveryException e)
            {
                lock (_faults)
                {
                    _faults.Add(e.Message);
                }
            }
        }

        private void OnReceived(object? sender, MessageReceivedEventArgs e)
        {
            var number = _read++;
            if (e.Message.Text != $"{number}")
            {
                lock (_faults)
                {
                    _faults.Add($"{e.Message.Text} was read instead of {number}");
                }
            }
        }
    }
}
