using System.Globalization;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Messaging;

/// <summary>
/// Puts contents together that come in fragments (<c>message/partial</c>, RFC 2046 section 5.2.2). The first comes first, since
/// they are sent one after another: a later one of which nothing is known is refused, or its sender would believe that all of it
/// has arrived. What is incomplete is bounded in number, in bytes and in time.
/// </summary>
internal sealed class PartialMessages(TimeProvider time)
{
    public const string ContentType = "message/partial";

    private const int MaxIncomplete = 64;
    private const int MaxIncompleteOfSender = 8;
    private const int MaxFragments = 4096;
    private const int MaxLength = 4 * 1024 * 1024;
    private const int MaxIncompleteLength = 16 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string From, string Id), Incomplete> _incomplete = [];

    /// <summary>Takes a fragment.</summary>
    /// <param name="from">Who sent it.</param>
    /// <param name="fragment">The fragment.</param>
    /// <param name="status">What it is to be answered with.</param>
    /// <returns>The whole entity, with the header fields of the content in front; null while some of it is missing.</returns>
    public ReadOnlyMemory<byte>? Add(string from, SipBody fragment, out int status)
    {
        var parameters = fragment.Type.Parameters;
        status = 400;
        if (parameters.Get("id") is not { Length: > 0 } id || !TryReadNumber(parameters.Get("number"), out var number))
        {
            return null;
        }

        TryReadNumber(parameters.Get("total"), out var total);
        lock (_gate)
        {
            DropOverdue();
            var known = _incomplete.TryGetValue((from, id), out var message);
            if (!known && number != 1)
            {
                return null;
            }

            message ??= new Incomplete();
            if (number > MaxFragments || total > MaxFragments || message.Length + fragment.Content.Length > MaxLength)
            {
                status = 413;
                return null;
            }

            if ((!known && (_incomplete.Count == MaxIncomplete || _incomplete.Keys.Count(k => k.From == from) == MaxIncompleteOfSender))
                || _incomplete.Values.Sum(i => (long)i.Length) + fragment.Content.Length > MaxIncompleteLength)
            {
                // The sender has to know that this one is not kept.
                status = 480;
                return null;
            }

            status = 200;
            message.Add(number, total, fragment.Content, time.GetUtcNow());
            if (message.Join() is { } whole)
            {
                _incomplete.Remove((from, id));
                return whole;
            }

            _incomplete[(from, id)] = message;
            return null;
        }
    }

    private static bool TryReadNumber(string? text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private void DropOverdue()
    {
        var oldest = time.GetUtcNow() - Patience;
        foreach (var (key, _) in _incomplete.Where(i => i.Value.LastCame < oldest).ToList())
        {
            _incomplete.Remove(key);
        }
    }

    private sealed class Incomplete
    {
        private readonly SortedDictionary<int, ReadOnlyMemory<byte>> _fragments = [];
        private int _total;

        public int Length { get; private set; }

        public DateTimeOffset LastCame { get; private set; }

        public void Add(int number, int total, ReadOnlyMemory<byte> content, DateTimeOffset now)
        {
            LastCame = now;
            _total = total > 0 ? total : _total;
            // A copy: a fragment of one byte would else keep the whole request that it came in.
            if (_fragments.TryAdd(number, content.ToArray()))
            {
                Length += content.Length;
            }
        }

        public ReadOnlyMemory<byte>? Join()
        {
            if (_total == 0 || _fragments.Count < _total || _fragments.Keys.Take(_total).Last() != _total)
            {
                return null;
            }

            var whole = new byte[_fragments.Values.Take(_total).Sum(f => f.Length)];
            var position = 0;
            foreach (var fragment in _fragments.Values.Take(_total))
            {
                fragment.CopyTo(whole.AsMemory(position));
                position += fragment.Length;
            }

            return whole;
        }
    }
}
