using System.Threading.Channels;
using ComIm.Client.Accounts;

namespace ComIm.Client.Tests.Accounts;

/// <summary>The states that an account goes through, one after another.</summary>
internal sealed class AccountStates
{
    private readonly Channel<ImAccountStateChangedEventArgs> _seen = Channel.CreateUnbounded<ImAccountStateChangedEventArgs>();

    public AccountStates(ImAccount account) => account.StateChanged += (_, e) => _seen.Writer.TryWrite(e);

    public async Task<ImAccountStateChangedEventArgs> UntilAsync(ImAccountState state)
    {
        while (true)
        {
            var change = await _seen.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            if (change.NewState == state)
            {
                return change;
            }
        }
    }
}
