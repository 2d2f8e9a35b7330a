using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Faults.Tests.Chats;
using ComIm.TestKit;
using Xunit.Abstractions;

namespace ComIm.Faults.Tests.Network;

/// <summary>
/// A client in a network namespace whose cable is pulled, and whose address changes, while a chat is on: the chat goes on, nothing is
/// doubled, and nothing is lost without a report. The cut lasts two minutes with <c>--long</c>, some seconds else.
/// </summary>
public sealed class CableTests(ITestOutputHelper output)
{
    private const int WrittenMeanwhile = 5;

    // What went to an address that is no more is given up after 8 s instead of 32 s.
    private const int ShortFormSpeed = 4;

    private static readonly bool IsLong = Requires.LongRun(out _);
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(IsLong ? 120 : 5);

    [SkippableTheory]
    [InlineData(ImTransport.Udp, MessagingMode.Pager)]
    [InlineData(ImTransport.Udp, MessagingMode.Session)]
    [InlineData(ImTransport.Tcp, MessagingMode.Pager)]
    [InlineData(ImTransport.Tcp, MessagingMode.Session)]
    public Task Cable_PulledForAWhile_TheChatGoesOn(ImTransport transport, MessagingMode mode) => RunAsync(transport, mode, writesMeanwhile: true, async cable =>
    {
        cable.Network.Cut();
        await Task.Delay(Cut, TimeProvider.System);
        cable.Network.Mend();
    });

    [SkippableTheory]
    [InlineData(ImTransport.Udp, MessagingMode.Pager)]
    [InlineData(ImTransport.Udp, MessagingMode.Session)]
    [InlineData(ImTransport.Tcp, MessagingMode.Pager)]
    [InlineData(ImTransport.Tcp, MessagingMode.Session)]
    public Task Address_Changed_TheChatGoesOn(ImTransport transport, MessagingMode mode) => RunAsync(transport, mode, writesMeanwhile: false, cable =>
    {
        // bob writes all the time, and alice once he has been heard from there.
        cable.Network.ChangeAddress();
        return Task.CompletedTask;
    });

    private async Task RunAsync(ImTransport transport, MessagingMode mode, bool writesMeanwhile, Func<Cable, Task> befall)
    {
        Skip.IfNot(Requires.NetworkNamespaces(out var reason), reason);
        await using var cable = await Cable.StartAsync(transport, mode, IsLong ? TimeProvider.System : new FastTimeProvider(ShortFormSpeed));
        var fromAlice = new Ledger(cable.ToBob, "alice");
        try
        {
            await fromAlice.WriteAsync();
            await cable.UntilReadAsync();

            var befallen = befall(cable);
            if (writesMeanwhile)
            {
                fromAlice.Write(WrittenMeanwhile);
            }

            await befallen;
            await cable.UntilReadAsync();
            await cable.UntilDeliveredAsync(fromAlice);
            await fromAlice.SettleAsync();
            await cable.UntilReadAsync();
            await cable.Bob.DisposeAsync();

            fromAlice.Check(cable.Bob.Read);
            var (delivered, failed, read) = (cable.Bob.Delivered, cable.Bob.Failed, cable.Read.ToList());
            Assert.Equal(read.Distinct(), read);
            Assert.Empty(delivered.Except(read));
            output.WriteLine($"alice: {fromAlice.Delivered} delivered, {fromAlice.Failed} failed; bob: {delivered.Count} delivered, {failed.Count} failed");
        }
        finally
        {
            fromAlice.Causes.ForEach(output.WriteLine);
            output.WriteLine(cable.Bob.Output);
        }
    }
}
