using System.Collections;
using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>
/// The header fields of one message in their order. Fields that came from the network stay bytes until somebody asks
/// for them, and are written back byte for byte; fields that were set are text. Not safe for writers on two threads.
/// </summary>
public sealed class HeaderCollection : IEnumerable<HeaderField>
{
    private ReadOnlyMemory<byte> _source;
    private HeaderSlot[] _slots;
    private HeaderText[] _texts = [];
    private ushort _textCount;
    private ushort _count;
    private ushort _version;

    /// <summary>Fields to be set.</summary>
    internal HeaderCollection(int capacity = 12, int textCapacity = 12)
    {
        _slots = new HeaderSlot[capacity];
        _texts = new HeaderText[textCapacity];
    }

    /// <summary>Fields that were received, each where its slot says.</summary>
    internal HeaderCollection(ReadOnlyMemory<byte> source, ReadOnlySpan<HeaderSlot> slots)
    {
        _source = source;
        _slots = slots.ToArray();
        Count = slots.Length;
    }

    private HeaderCollection(HeaderCollection other, int room)
    {
        _source = other._source;
        _slots = new HeaderSlot[other.Count + room];
        other._slots.AsSpan(0, other.Count).CopyTo(_slots);
        _texts = other._texts.Length == 0 ? [] : (HeaderText[])other._texts.Clone();
        (_count, _textCount) = (other._count, other._textCount);
    }

    /// <summary>How many fields there are.</summary>
    public int Count
    {
        get => _count;
        private set => _count = (ushort)value;
    }

    /// <summary>Goes up with every change, so that what was read from the fields can be known to be old.</summary>
    internal int Version
    {
        get => _version;
        private set => _version = unchecked((ushort)value);
    }

    /// <summary>The field at a position.</summary>
    /// <param name="index">From 0.</param>
    public HeaderField this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new HeaderField(_slots[index].Id, NameAt(index), ValueAt(index));
        }
    }

    /// <summary>The value of the first field of a kind, or null.</summary>
    /// <param name="id">A known field.</param>
    public string? Get(HeaderId id)
    {
        var index = IndexOf(id);
        return index < 0 ? null : ValueAt(index);
    }

    /// <summary>The value of the first field of a name, or null.</summary>
    /// <param name="name">Long or compact, in any case.</param>
    public string? Get(string name)
    {
        var index = IndexOf(name);
        return index < 0 ? null : ValueAt(index);
    }

    /// <summary>Whether there is a field of a kind.</summary>
    /// <param name="id">A known field.</param>
    public bool Contains(HeaderId id) => IndexOf(id) >= 0;

    /// <summary>How many fields of a kind there are; a field may hold several values.</summary>
    /// <param name="id">A known field.</param>
    public int CountOf(HeaderId id)
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            count += _slots[i].Id == id ? 1 : 0;
        }

        return count;
    }

    /// <summary>Every value of a list header, across fields and commas (RFC 3261 section 7.3.1), topmost first.</summary>
    /// <param name="id">A header whose grammar is a list: Via, Route, Record-Route, Contact, Supported …</param>
    public IReadOnlyList<string> GetValues(HeaderId id)
    {
        var values = new List<string>();
        for (var i = 0; i < Count; i++)
        {
            if (_slots[i].Id == id)
            {
                HeaderValueList.Split(ValueAt(i), values);
            }
        }

        return values;
    }

    /// <summary>The bytes of the first field of a kind, folds included; empty where there is none.</summary>
    /// <param name="id">A known field.</param>
    public ReadOnlySpan<byte> GetBytes(HeaderId id)
    {
        var index = IndexOf(id);
        return index < 0 ? default : BytesAt(index).Span;
    }

    /// <summary>The first field of a kind as text, in the buffer where it fits there; false where there is none.</summary>
    internal bool TryGetChars(HeaderId id, Span<char> buffer, out ReadOnlySpan<char> chars)
    {
        chars = default;
        var index = IndexOf(id);
        if (index < 0)
        {
            return false;
        }

        ref readonly var slot = ref _slots[index];
        if (slot.IsText || slot.ValueLength > buffer.Length)
        {
            chars = ValueAt(index);
            return true;
        }

        var bytes = _source.Span.Slice(slot.ValueStart, slot.ValueLength);
        chars = bytes.Contains((byte)'\n') ? HeaderText.Decode(bytes) : buffer[..Encoding.UTF8.GetChars(bytes, buffer)];
        return true;
    }

    /// <summary>Adds a field at the end.</summary>
    /// <param name="id">A known field.</param>
    /// <param name="value">Its value; a line break in it is refused.</param>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL, which would forge another field.</exception>
    public void Add(HeaderId id, string value) => Insert(Count, id, HeaderNames.NameOf(id), Checked(value));

    /// <summary>Adds a field at the end.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; a line break in it is refused.</param>
    /// <exception cref="ArgumentException">The name is not a token, or the value holds CR, LF or NUL.</exception>
    public void Add(string name, string value)
    {
        if (!SipChars.IsToken(name))
        {
            throw new ArgumentException($"'{name}' is not a header name.", nameof(name));
        }

        Insert(Count, HeaderNames.IdOf(name), name, Checked(value));
    }

    /// <summary>Adds a field above all others of its kind, as a proxy does with Via (RFC 3261 section 16.6 step 8).</summary>
    /// <param name="id">A known field.</param>
    /// <param name="value">Its value; a line break in it is refused.</param>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL.</exception>
    public void AddFirst(HeaderId id, string value)
    {
        var index = IndexOf(id);
        Insert(index < 0 ? 0 : index, id, HeaderNames.NameOf(id), Checked(value));
    }

    /// <summary>Adds a field above all others of its kind; its value is UTF-8 that was checked where it was made.</summary>
    internal void AddFirst(HeaderId id, ReadOnlyMemory<byte> value)
    {
        var index = IndexOf(id);
        InsertText(index < 0 ? 0 : index, id, new HeaderText(null, value));
    }

    /// <summary>Gives a field this one value; further fields of its kind are removed.</summary>
    /// <param name="id">A known field.</param>
    /// <param name="value">Its value; a line break in it is refused.</param>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL.</exception>
    public void Set(HeaderId id, string value)
    {
        var index = IndexOf(id);
        Checked(value);
        Remove(id);
        Insert(index < 0 ? Count : index, id, HeaderNames.NameOf(id), value);
    }

    /// <summary>Removes every field of a kind.</summary>
    /// <param name="id">A known field.</param>
    public void Remove(HeaderId id)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_slots[i].Id != id)
            {
                _slots[kept++] = _slots[i];
            }
        }

        Count = kept;
        Version++;
    }

    /// <summary>Removes every field of a name.</summary>
    /// <param name="name">Long or compact, in any case.</param>
    public void Remove(string name)
    {
        for (var index = IndexOf(name); index >= 0; index = IndexOf(name))
        {
            RemoveAt(index);
        }
    }

    /// <summary>Removes the first value of a list header: the first field, or its part before the first comma.</summary>
    /// <param name="id">A list header such as Via or Route.</param>
    public void RemoveFirstValue(HeaderId id)
    {
        var index = IndexOf(id);
        if (index < 0)
        {
            return;
        }

        var value = ValueAt(index);
        var comma = HeaderValueList.IndexOfComma(value);
        if (comma < 0)
        {
            RemoveAt(index);
        }
        else
        {
            ReplaceAt(index, SipChars.Trim(value.AsSpan(comma + 1)).ToString());
        }
    }

    /// <summary>Replaces the first value of a list header and leaves the rest as it is.</summary>
    /// <param name="id">A list header such as Via.</param>
    /// <param name="value">The new first value.</param>
    public void ReplaceFirstValue(HeaderId id, string value)
    {
        var index = IndexOf(id);
        ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(id));
        Checked(value);
        if (BytesAt(index).Span.Contains((byte)','))
        {
            var old = ValueAt(index);
            var comma = HeaderValueList.IndexOfComma(old);
            value = comma < 0 ? value : value + ", " + SipChars.Trim(old.AsSpan(comma + 1)).ToString();
        }

        ReplaceAt(index, value);
    }

    /// <summary>The same with UTF-8 that was checked where it was made.</summary>
    internal void ReplaceFirstValue(HeaderId id, byte[] value)
    {
        var index = IndexOf(id);
        if (BytesAt(index).Span.Contains((byte)','))
        {
            ReplaceFirstValue(id, Encoding.UTF8.GetString(value));
            return;
        }

        RemoveAt(index);
        InsertText(index, id, new HeaderText(null, value));
    }

    /// <summary>Appends every field of a kind from another message, unread and unchanged.</summary>
    /// <param name="other">Where the fields are.</param>
    /// <param name="id">A known field.</param>
    public void CopyFrom(HeaderCollection other, HeaderId id) => CopyFrom(other, id, null);

    /// <summary>The same, with a text behind each value.</summary>
    internal void CopyFrom(HeaderCollection other, HeaderId id, string? suffix)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_source.IsEmpty)
        {
            // Nothing here was received, so that slots may point into what the other received.
            _source = other._source;
        }

        for (var i = 0; i < other.Count; i++)
        {
            ref readonly var slot = ref other._slots[i];
            if (slot.Id != id)
            {
                continue;
            }

            if (!slot.IsText && suffix is null && _source.Equals(other._source))
            {
                InsertSlot(Count, slot);
                continue;
            }

            var field = slot.IsText
                ? other._texts[slot.ValueStart]
                : new HeaderText(null, other.FieldBytes(slot));
            InsertText(Count, id, suffix is null ? field : field with { Text = field.Text + suffix });
        }
    }

    /// <summary>The fields in their order.</summary>
    public IEnumerator<HeaderField> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal int IndexOf(HeaderId id)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_slots[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Where a field's name and value stand; folds are still in the value.</summary>
    internal ReadOnlyMemory<byte> BytesAt(int index)
    {
        ref readonly var slot = ref _slots[index];
        return slot.IsText ? _texts[slot.ValueStart].BytesOf(slot.Id) : _source.Slice(slot.ValueStart, slot.ValueLength);
    }

    internal void WriteTo(ref SipBufferWriter writer)
    {
        for (var i = 0; i < Count; i++)
        {
            ref readonly var slot = ref _slots[i];
            if (slot.IsText)
            {
                _texts[slot.ValueStart].WriteTo(slot.Id, ref writer);
            }
            else
            {
                writer.Write(_source.Span[slot.NameStart..(slot.ValueStart + slot.ValueLength)]);
            }

            writer.Write("\r\n"u8);
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    internal int MeasureBytes()
    {
        var length = 0;
        for (var i = 0; i < Count; i++)
        {
            ref readonly var slot = ref _slots[i];
            length += 2 + (slot.IsText ? _texts[slot.ValueStart].MeasureBytes(slot.Id) : slot.ValueStart + slot.ValueLength - slot.NameStart);
        }

        return length;
    }

    /// <summary>A copy that shares the received bytes and can be changed on its own.</summary>
    internal HeaderCollection Clone()
    {
        // Room for the Via, the credentials and the User-Agent that are likely to follow.
        return new HeaderCollection(this, 4);
    }

    /// <summary>The number of the field at a position.</summary>
    internal HeaderId IdAt(int index) => _slots[index].Id;

    /// <summary>What another collection keeps of a received field: its value; with the name where no number says it.</summary>
    private ReadOnlyMemory<byte> FieldBytes(in HeaderSlot slot)
    {
        var start = slot.Id == HeaderId.Other ? slot.NameStart : slot.ValueStart;
        return _source[start..(slot.ValueStart + slot.ValueLength)];
    }

    private int IndexOf(string name)
    {
        var id = HeaderNames.IdOf(name);
        if (id != HeaderId.Other)
        {
            return IndexOf(id);
        }

        for (var i = 0; i < Count; i++)
        {
            if (_slots[i].Id == HeaderId.Other && string.Equals(NameAt(i), name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private string NameAt(int index)
    {
        ref readonly var slot = ref _slots[index];
        return slot.IsText
            ? _texts[slot.ValueStart].NameOf(slot.Id)
            : Encoding.ASCII.GetString(_source.Span.Slice(slot.NameStart, slot.NameLength));
    }

    private string ValueAt(int index)
    {
        ref readonly var slot = ref _slots[index];
        return slot.IsText
            ? _texts[slot.ValueStart].ValueOf(slot.Id)
            : HeaderText.Decode(_source.Span.Slice(slot.ValueStart, slot.ValueLength));
    }

    private void RemoveAt(int index)
    {
        Array.Copy(_slots, index + 1, _slots, index, Count - index - 1);
        Count--;
        Version++;
    }

    private void ReplaceAt(int index, string value)
    {
        var (id, name) = (_slots[index].Id, NameAt(index));
        RemoveAt(index);
        Insert(index, id, name, value);
    }

    private void Insert(int index, HeaderId id, string name, string value) =>
        InsertText(index, id, HeaderText.Of(id, name, value));

    private void InsertText(int index, HeaderId id, in HeaderText text)
    {
        if (_textCount == ushort.MaxValue)
        {
            throw new InvalidOperationException("Too many header fields have been set in one message.");
        }

        if (_textCount == _texts.Length)
        {
            Array.Resize(ref _texts, Math.Max(1, _textCount * 2));
        }

        _texts[_textCount] = text;
        InsertSlot(index, HeaderSlot.ForText(id, _textCount++));
    }

    private void InsertSlot(int index, in HeaderSlot slot)
    {
        Grow();
        Array.Copy(_slots, index, _slots, index + 1, Count - index);
        _slots[index] = slot;
        Count++;
        Version++;
    }

    private void Grow()
    {
        if (Count == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(4, Count * 2));
        }
    }

    private static string Checked(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsSpan().ContainsAny(SipChars.LineBreaking)
            ? throw new ArgumentException("A header value cannot hold a line break.", nameof(value))
            : value;
    }
}
