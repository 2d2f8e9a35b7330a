using System.Net;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Memory;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport.Memory;

public sealed class LossyNetworkTests
{
    private static readonly MemoryNetworkConditions Bad = new()
    {
        Loss = 0.2,
        Duplication = 0.2,
        MinDelay = TimeSpan.FromMilliseconds(5),
        MaxDelay = TimeSpan.FromMilliseconds(400),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Messages_10000OverABadNetwork_ReachTheApplicationOnceAndAllEnd(int seed)
    {
        const int Count = 10_000;
        var time = new ManualTimeProvider();
        using var network = new MemoryNetwork(time, seed, Bad);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var options = new SipStackOptions { TimeProvider = time, HandlerScheduler = InlineTaskScheduler.Instance };
        await using var client = new SipStack([network.Bind(SipTransportKind.Udp, EndPoint(1))], _ => Task.CompletedTask, options);
        await using var server = new SipStack([network.Bind(SipTransportKind.Udp, EndPoint(2))], Answer, options);
        client.Start();
        server.Start();

        var transactions = Enumerable.Range(0, Count)
            .Select(i => client.Begin(TestMessages.Message($"call-{i}"), new SipTarget(SipTransportKind.Udp, EndPoint(2))))
            .ToList();
        while (time.AdvanceToNext())
        {
            // Every timer of both stacks and every datagram on the way.
        }

        Assert.Equal(Count, seen.Count);
        Assert.All(seen.Values, times => Assert.Equal(1, times));
        Assert.All(transactions, t => Assert.Equal((true, TransactionState.Terminated), (t.FinalResponse.IsCompletedSuccessfully, t.State)));

        // Eleven tries, each with 36 % to lose one way or the other: one in 76,000 ends without its answer.
        Assert.InRange(transactions.Count(t => t.FailureCause is not null), 0, 2);
        Assert.Equal(0, client.TransactionCount + server.TransactionCount);

        Task Answer(ServerTransaction transaction)
        {
            var callId = transaction.Request.CallId!;
            seen[callId] = seen.GetValueOrDefault(callId) + 1;
            transaction.Respond(200);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Network_SameSeed_TakesTheSameCourse()
    {
        Assert.Equal(await CourseAsync(7), await CourseAsync(7));
        Assert.NotEqual(await CourseAsync(7), await CourseAsync(8));
    }

    private static async Task<string> CourseAsync(int seed)
    {
        var time = new ManualTimeProvider();
        var course = new List<string>();
        using var network = new MemoryNetwork(time, seed, Bad);
        var from = network.Bind(SipTransportKind.Udp, EndPoint(1));
        var to = network.Bind(SipTransportKind.Udp, EndPoint(2));
        var receiver = new RecordingReceiver();
        to.Start(receiver);
        for (var i = 0; i < 100; i++)
        {
            await from.SendAsync(new SipTarget(SipTransportKind.Udp, to.LocalEndPoint), TestMessages.Bytes($"{i}"));
        }

        while (time.AdvanceToNext())
        {
            while (receiver.ReceivedCount > 0)
            {
                course.Add($"{time.Elapsed.TotalMilliseconds}: {(await receiver.NextAsync()).Result.Message!.CallId}");
            }
        }

        return string.Join('\n', course);
    }

    private static IPEndPoint EndPoint(byte host) => new(new IPAddress([192, 0, 2, host]), 5060);
}
