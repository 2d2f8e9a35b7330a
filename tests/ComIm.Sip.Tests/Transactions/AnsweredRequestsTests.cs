using System.Net;
using System.Text;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transactions;

/// <summary>What is remembered of answered requests until timer J ends, as bytes one behind the other.</summary>
public sealed class AnsweredRequestsTests : IAsyncDisposable
{
    private static readonly TimeSpan TimerJ = TimeSpan.FromSeconds(32);
    private static readonly IPEndPoint Peer = new(IPAddress.Parse("192.0.2.7"), 5062);

    private readonly ManualTimeProvider _clock = new();
    private readonly TransactionAdmission _admission = new(int.MaxValue, int.MaxValue);
    private readonly UdpTransport _transport = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly AnsweredRequests _answered;

    public AnsweredRequestsTests() => _answered = new AnsweredRequests(_clock, TimerJ, _admission);

    [Fact]
    public void Requests_OfEveryLength_AreFoundUntilTimerJ()
    {
        var random = new Random(1);
        var expected = new Dictionary<string, (byte[] Response, DateTimeOffset Due)>(StringComparer.Ordinal);
        for (var i = 0; i < 6000; i++)
        {
            var key = $"MESSAGE z9hG4bK{i:x8} host{i}:5060" + (i % 50 == 0 ? new string('é', random.Next(1000)) : string.Empty);
            var response = new byte[i % 100 == 0 ? random.Next(60_000) : random.Next(700)];
            random.NextBytes(response);
            Add(_answered, key, Peer, Enter(), response);
            expected[key] = (response, _clock.GetUtcNow() + TimerJ);
            if (i % 7 == 0)
            {
                var removed = expected.Keys.ElementAt(random.Next(expected.Count));
                Remove(_answered, removed);
                expected.Remove(removed);
            }

            if (i % 20 == 0)
            {
                _clock.Advance(TimeSpan.FromSeconds(random.Next(3)));
                foreach (var (old, _) in expected.Where(e => e.Value.Due < _clock.GetUtcNow()).ToList())
                {
                    expected.Remove(old);
                }
            }

            Assert.Equal(expected.Count, _answered.Count);
        }

        foreach (var (key, (response, _)) in expected)
        {
            Assert.True(TryFind(key, out var target, out var transport, out var found), key);
            Assert.Equal(response, found);
            Assert.Equal(new SipTarget(SipTransportKind.Udp, Peer), target);
            Assert.Same(_transport, transport);
        }

        _clock.Advance(TimerJ + TimeSpan.FromSeconds(1));
        Assert.Equal(0, _answered.Count);
        Assert.False(TryFind(expected.Keys.First(), out _, out _, out _));
    }

    [Fact]
    public void Forgetting_GivesTheSourceItsPlaceBackOnce()
    {
        var admission = new TransactionAdmission(1, 1);
        using var answered = new AnsweredRequests(_clock, TimerJ, admission);
        Assert.True(admission.TryEnter(Peer.Address, false, out var bucket));
        Add(answered, "one", Peer, bucket, new byte[10]);
        Assert.False(admission.TryEnter(Peer.Address, false, out _));
        Remove(answered, "one");
        Remove(answered, "one");
        _clock.Advance(TimerJ * 2);
        Assert.True(admission.TryEnter(Peer.Address, false, out _));
        Assert.False(admission.TryEnter(Peer.Address, false, out _));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    [InlineData("fe80::1%3")]
    [InlineData("::ffff:192.0.2.1")]
    public void Target_OfEveryKindOfAddress_ComesBack(string address)
    {
        var target = new IPEndPoint(IPAddress.Parse(address), 65_535);
        Add(_answered, "one", target, Enter(), [1]);
        Assert.True(TryFind("one", out var found, out _, out _));
        Assert.Equal(target, found.EndPoint);
    }

    [Fact]
    public void Response_LongerThanAnyRecord_IsNotKept()
    {
        Add(_answered, "one", Peer, Enter(), new byte[RecordLog.LongestRecord]);
        Assert.Equal(0, _answered.Count);
        Assert.False(TryFind("one", out _, out _, out _));
    }

    public async ValueTask DisposeAsync()
    {
        _answered.Dispose();
        await _transport.DisposeAsync();
    }

    private void Add(AnsweredRequests answered, string key, IPEndPoint target, int bucket, byte[] response)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        answered.Add(bytes, TransactionKey.HashOf(bytes), _transport, target, bucket, response);
    }

    private static void Remove(AnsweredRequests answered, string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        answered.Remove(bytes, TransactionKey.HashOf(bytes));
    }

    private bool TryFind(string key, out SipTarget target, out ISipTransport? transport, out byte[] response)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        return _answered.TryFind(bytes, TransactionKey.HashOf(bytes), out target, out transport, out response);
    }

    private int Enter()
    {
        Assert.True(_admission.TryEnter(Peer.Address, false, out var bucket));
        return bucket;
    }
}
