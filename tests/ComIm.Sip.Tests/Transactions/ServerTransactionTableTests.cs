using System.Net;
using System.Text;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Transactions;

public sealed class ServerTransactionTableTests : IAsyncDisposable
{
    private readonly TransactionLayer _layer = new(new SipStackOptions(), null);
    private readonly UdpTransport _transport = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ServerTransactionTable _table = new();

    [Fact]
    public void Transactions_ComingAndGoing_AreFoundWhileTheyAreThere()
    {
        var random = new Random(2);
        var expected = new Dictionary<string, ServerTransaction>(StringComparer.Ordinal);
        for (var i = 0; i < 5000; i++)
        {
            var key = $"MESSAGE z9hG4bK{random.Next(800)}";
            var transaction = Create(key, HashOf(key));
            Assert.Equal(expected.TryAdd(key, transaction), _table.TryAdd(transaction));
            if (random.Next(3) == 0)
            {
                var (gone, other) = expected.ElementAt(random.Next(expected.Count));
                Assert.True(_table.Remove(other));
                Assert.False(_table.Remove(other));
                expected.Remove(gone);
            }

            Assert.Equal(expected.Count, _table.Count);
        }

        Assert.All(expected, e => Assert.Same(e.Value, _table.Find(Encoding.UTF8.GetBytes(e.Key), HashOf(e.Key))));
        _table.Clear();
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Transactions_OfOneHash_AreToldApartByTheirKeys()
    {
        var all = new[] { "one", "two", "three" }.Select(k => Create(k, 7)).ToList();
        all.ForEach(t => Assert.True(_table.TryAdd(t)));
        Assert.True(_table.Remove(all[1]));
        Assert.Null(_table.Find("two"u8, 7));
        Assert.Same(all[0], _table.Find("one"u8, 7));
        Assert.Same(all[2], _table.Find("three"u8, 7));
        Assert.False(_table.TryAdd(Create("three", 7)));
    }

    public async ValueTask DisposeAsync()
    {
        _layer.Dispose();
        await _transport.DisposeAsync();
    }

    private static int HashOf(string key) => TransactionKey.HashOf(Encoding.UTF8.GetBytes(key));

    private ServerTransaction Create(string key, int hash) => new(
        _layer, new SipRequest(SipMethods.Message, SipUri.Parse("sip:bob@example.com")), Encoding.UTF8.GetBytes(key), hash, _transport, _transport.LocalEndPoint, default);
}
