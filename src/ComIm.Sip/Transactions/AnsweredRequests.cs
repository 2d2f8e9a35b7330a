using System.Net;
using System.Runtime.InteropServices;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Transactions;

/// <summary>
/// The rest of non-INVITE server transactions in Completed: the bytes of each response, for the request that comes again before
/// timer J ends (RFC 3261 section 17.2.2). A busy server remembers millions, so each is one record among bytes and no object:
/// found by the hash of its key, forgotten in the order of the answers.
/// </summary>
internal sealed class AnsweredRequests : IDisposable
{
    private const int FewestHeads = 64;

    // A clock need not wake up for each record of a busy stack.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider _time;
    private readonly TransactionAdmission _admission;
    private readonly long _lifetime;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly RecordLog _log = new();
    private readonly List<ISipTransport> _transports = [];

    // The newest record of each remainder of the hash, plus 1.
    private long[] _heads = new long[FewestHeads];
    private int _count;
    private int _version;
    private long _bytes;
    private bool _isTimerSet;
    private bool _isDisposed;

    public AnsweredRequests(TimeProvider time, TimeSpan lifetime, TransactionAdmission admission)
    {
        _time = time;
        _admission = admission;
        _lifetime = (long)(lifetime.TotalSeconds * time.TimestampFrequency);
        _timer = time.CreateTimer(static requests => ((AnsweredRequests)requests!).OnTimerJ(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>What is remembered takes so many bytes.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Changes with each request that is added.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Remembers how a request was answered. What is longer than any datagram cannot be sent, and is not remembered.</summary>
    public void Add(ReadOnlySpan<byte> key, int hash, ISipTransport transport, IPEndPoint target, int sourceBucket, ReadOnlySpan<byte> response)
    {
        var header = new AnsweredRequest
        {
            SourceBucket = sourceBucket,
            Hash = hash,
            KeyLength = key.Length,
            ResponseLength = response.Length,
            EndPoint = target,
        };
        lock (_gate)
        {
            if (_isDisposed || header.RecordLength > RecordLog.LongestRecord)
            {
                _admission.Leave(header.SourceBucket);
                return;
            }

            if (_count >= _heads.Length)
            {
                Spread(_heads.Length * 2);
            }

            header.Due = _time.GetTimestamp() + _lifetime;
            header.Transport = NumberOf(transport);
            var position = _log.Append(header.RecordLength, out var record);
            ref var head = ref HeadOf(header.Hash);
            (header.Older, head) = (head, position + 1);
            MemoryMarshal.Write(record, header);
            key.CopyTo(record[AnsweredRequest.Size..]);
            response.CopyTo(record[(AnsweredRequest.Size + key.Length)..]);
            _count++;
            _version++;
            _bytes += header.RecordLength;
            if (!_isTimerSet)
            {
                SetTimer(header.Due);
            }
        }
    }

    /// <summary>Finds how a request was answered, to answer it again.</summary>
    public bool TryFind(ReadOnlySpan<byte> key, int hash, out SipTarget target, out ISipTransport? transport, out byte[] response)
    {
        lock (_gate)
        {
            if (Find(key, hash) is var position and >= 0)
            {
                var record = _log.At(position);
                ref var header = ref HeaderAt(position);
                transport = _transports[header.Transport];
                target = new SipTarget(transport.Kind, header.EndPoint);
                response = record.Slice(AnsweredRequest.Size + header.KeyLength, header.ResponseLength).ToArray();
                return true;
            }
        }

        (target, transport, response) = (default, null, []);
        return false;
    }

    /// <summary>Forgets a request before its time: its response cannot be sent.</summary>
    public void Remove(ReadOnlySpan<byte> key, int hash)
    {
        lock (_gate)
        {
            if (Find(key, hash) is var position and >= 0)
            {
                Forget(position);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _log.Clear();
            Array.Clear(_heads);
            (_count, _bytes) = (0, 0);
        }

        _timer.Dispose();
    }

    private ref long HeadOf(int hash) => ref _heads[hash & (_heads.Length - 1)];

    private ref AnsweredRequest HeaderAt(long position) =>
        ref MemoryMarshal.AsRef<AnsweredRequest>(_log.At(position)[..AnsweredRequest.Size]);

    private long Find(ReadOnlySpan<byte> key, int hash)
    {
        if (_count == 0)
        {
            return -1;
        }

        for (var next = HeadOf(hash); next > 0;)
        {
            var position = next - 1;
            ref var header = ref HeaderAt(position);
            if (header.Hash == hash && key.SequenceEqual(_log.At(position).Slice(AnsweredRequest.Size, header.KeyLength)))
            {
                return position;
            }

            next = header.Older;
        }

        return -1;
    }

    private void OnTimerJ()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            while (!_log.IsEmpty)
            {
                ref var first = ref HeaderAt(_log.First);
                if (first.Due > now)
                {
                    SetTimer(Math.Max(first.Due, now + (long)(Pause.TotalSeconds * _time.TimestampFrequency)));
                    return;
                }

                Forget(_log.First);
                _bytes -= first.RecordLength;
                _log.RemoveFirst(first.RecordLength);
                if (_heads.Length > FewestHeads && _count < _heads.Length / 8)
                {
                    // What a burst has needed is not kept for ever.
                    Spread(_heads.Length / 4);
                }
            }

            // Transports that have been replaced are let go of.
            _transports.Clear();
            _isTimerSet = false;
        }
    }

    private void SetTimer(long due)
    {
        _isTimerSet = true;
        var ticks = Math.Max(0, due - _time.GetTimestamp());
        _timer.Change(TimeSpan.FromSeconds(ticks / (double)_time.TimestampFrequency) + TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes a record out of its chain; its bytes stay until it is the first.</summary>
    private void Forget(long position)
    {
        ref var header = ref HeaderAt(position);
        if (header.IsForgotten)
        {
            return;
        }

        ref var next = ref HeadOf(header.Hash);
        while (next != position + 1)
        {
            next = ref HeaderAt(next - 1).Older;
        }

        next = header.Older;
        header.IsForgotten = true;
        _count--;
        _admission.Leave(header.SourceBucket);
    }

    /// <summary>Puts the records into so many chains.</summary>
    private void Spread(int chains)
    {
        _heads = new long[chains];
        var position = _log.First;
        while (!_log.IsEmpty && !_log.IsEnd(position))
        {
            ref var header = ref HeaderAt(position);
            if (!header.IsForgotten)
            {
                ref var head = ref HeadOf(header.Hash);
                (header.Older, head) = (head, position + 1);
            }

            position = _log.Next(position, header.RecordLength);
        }
    }

    private ushort NumberOf(ISipTransport transport)
    {
        var number = _transports.IndexOf(transport);
        if (number < 0)
        {
            number = _transports.Count;
            _transports.Add(transport);
        }

        return (ushort)number;
    }
}
