using System.Collections.Concurrent;
using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.Sip.UserAgentServer;
using ComIm.TestKit;
using Microsoft.Extensions.Logging;

namespace ComIm.Sip.Tests.Fuzzing;

/// <summary>Mutated datagrams into a live stack: nothing it cannot handle, and nothing it keeps longer than its timers say.</summary>
[Collection(nameof(FuzzCollection))]
public sealed class StackFuzzTests
{
    private const int Round = 500;

    [Fact]
    public async Task Stack_MutatedDatagrams_NeverFailsAndForgetsThem()
    {
        var clock = new ManualTimeProvider();
        using var errors = new ErrorLog();
        var transport = new Sink();
        await using var stack = new SipStack([transport], _ => Task.CompletedTask, new SipStackOptions { TimeProvider = clock, LoggerFactory = errors })
        {
            Filter = new Answers(),
        };
        stack.Start();
        var remote = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5060);
        var received = 0;
        FuzzRun.Of(
            FuzzCorpus.Messages,
            8,
            (bytes, _) =>
            {
                stack.OnReceived(transport, remote, SipParser.ParseDatagram(bytes));
                Assert.InRange(stack.TransactionCount, 0, Round);
                if (++received % Round == 0)
                {
                    Forget(stack, clock);
                }
            },
            () => Forget(stack, clock));
        Assert.True(errors.Entries.IsEmpty, errors.Entries.FirstOrDefault());
        Assert.NotEqual(0, transport.Sent);
    }

    private static void Forget(SipStack stack, ManualTimeProvider clock)
    {
        clock.Advance(SipTimers.Default.Timeout * 2);
        Assert.Equal(0, stack.TransactionCount);
    }

    /// <summary>Answers as an endpoint does, on the receive loop.</summary>
    private sealed class Answers : ISipRequestFilter
    {
        private static readonly UasCapabilities Capabilities = new()
        {
            Methods = [SipMethods.Invite, SipMethods.Message, SipMethods.Options, SipMethods.Bye],
            MediaTypes = ["application/sdp", "text/plain"],
            AnswerTypes = ["application/sdp"],
        };

        public bool TryTake(ServerTransaction transaction)
        {
            if (RequestInspection.AsUserAgentServer(transaction.Request, Capabilities) is { } refusal)
            {
                refusal.Answer(transaction);
            }
            else
            {
                transaction.Respond(200);
            }

            return true;
        }

        public void OnAck(SipRequest ack)
        {
        }
    }

    private sealed class Sink : ISipTransport
    {
        public int Sent { get; private set; }

        public SipTransportKind Kind => SipTransportKind.Udp;

        public IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 5060);

        public void Start(ISipTransportReceiver receiver)
        {
        }

        public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
        {
            Sent++;
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class ErrorLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Entries { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Entries.Enqueue(formatter(state, exception) + exception);
            }
        }

        public void Dispose()
        {
        }
    }
}
