using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace ComIm.Sip.Location;

/// <summary>
/// Reads a response (RFC 1035 section 4). The counts in the header are believed only as far as there are bytes, and the
/// additional section is not read: addresses in it are hearsay.
/// </summary>
internal ref struct DnsMessageReader
{
    /// <summary>The most records taken from a section; what has more is no answer to our questions.</summary>
    public const int MaxRecords = 512;

    private const int HeaderLength = 12;
    private const ushort ClassInternet = 1;

    private readonly ReadOnlySpan<byte> _message;
    private int _position;

    private DnsMessageReader(ReadOnlySpan<byte> message)
    {
        _message = message;
        _position = HeaderLength;
    }

    /// <summary>Reads a message; null where it is no well-formed response.</summary>
    public static DnsMessage? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return null;
        }

        // QR is set, OPCODE is QUERY.
        if ((bytes[2] & 0xF8) != 0x80)
        {
            return null;
        }

        var reader = new DnsMessageReader(bytes);
        var id = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var code = (DnsResponseCode)(bytes[3] & 0x0F);
        var isTruncated = (bytes[2] & 0x02) != 0;
        if (!reader.TryReadQuestion(BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), out var question))
        {
            return null;
        }

        var answers = new List<DnsRecord>();
        var authorities = new List<DnsRecord>();
        if (!isTruncated
            && (!reader.TryReadSection(BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]), answers)
                || !reader.TryReadSection(BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]), authorities)))
        {
            return null;
        }

        authorities.RemoveAll(r => r.Type != DnsRecordType.Soa);
        return new DnsMessage(id, code, isTruncated, question, answers, authorities);
    }

    private bool TryReadQuestion(int count, out DnsQuestion? question)
    {
        question = null;
        if (count == 0)
        {
            return true;
        }

        if (count != 1 || !DnsName.TryRead(_message, ref _position, out var name) || !TryReadUInt16(out var type)
            || !TryReadUInt16(out var recordClass) || recordClass != ClassInternet)
        {
            return false;
        }

        question = new DnsQuestion(name, (DnsRecordType)type);
        return true;
    }

    private bool TryReadSection(int count, List<DnsRecord> records)
    {
        if (count > MaxRecords)
        {
            return false;
        }

        for (; count > 0; count--)
        {
            if (!DnsName.TryRead(_message, ref _position, out var name) || !TryReadUInt16(out var type)
                || !TryReadUInt16(out var recordClass) || !TryReadUInt32(out var seconds)
                || !TryReadUInt16(out var length) || length > _message.Length - _position)
            {
                return false;
            }

            var end = _position + length;
            if (recordClass == ClassInternet && IsKnown((DnsRecordType)type))
            {
                if (ReadData((DnsRecordType)type, end) is not { } data || _position != end)
                {
                    return false;
                }

                records.Add(new DnsRecord(name, (DnsRecordType)type, TimeToLive(seconds), data));
            }

            _position = end;
        }

        return true;
    }

    // A value with its highest bit set is none (RFC 2181 section 8).
    private static TimeSpan TimeToLive(uint seconds) => TimeSpan.FromSeconds(seconds > int.MaxValue ? 0 : seconds);

    private static bool IsKnown(DnsRecordType type) =>
        type is DnsRecordType.A or DnsRecordType.Aaaa or DnsRecordType.Cname
            or DnsRecordType.Soa or DnsRecordType.Srv or DnsRecordType.Naptr;

    private object? ReadData(DnsRecordType type, int end) => type switch
    {
        DnsRecordType.A => ReadAddress(end, 4),
        DnsRecordType.Aaaa => ReadAddress(end, 16),
        DnsRecordType.Cname => DnsName.TryRead(_message, ref _position, out var name) ? name : null,
        DnsRecordType.Soa => ReadSoa(),
        DnsRecordType.Srv => ReadSrv(),
        _ => ReadNaptr(end),
    };

    private IPAddress? ReadAddress(int end, int length)
    {
        if (end - _position != length)
        {
            return null;
        }

        var address = new IPAddress(_message[_position..end]);
        _position = end;
        return address;
    }

    private SoaData? ReadSoa()
    {
        const int NumbersBeforeMinimum = 16;
        if (!DnsName.TryRead(_message, ref _position, out _) || !DnsName.TryRead(_message, ref _position, out _))
        {
            return null;
        }

        _position += NumbersBeforeMinimum;
        return TryReadUInt32(out var minimum) ? new SoaData(TimeToLive(minimum)) : null;
    }

    private SrvData? ReadSrv() =>
        TryReadUInt16(out var priority) && TryReadUInt16(out var weight) && TryReadUInt16(out var port)
        && DnsName.TryRead(_message, ref _position, out var target)
            ? new SrvData(priority, weight, port, target)
            : null;

    private NaptrData? ReadNaptr(int end) =>
        TryReadUInt16(out var order) && TryReadUInt16(out var preference) && TryReadText(end, out var flags)
        && TryReadText(end, out var services) && TryReadText(end, out var expression)
        && DnsName.TryRead(_message, ref _position, out var replacement)
            ? new NaptrData(order, preference, flags, services, expression, replacement)
            : null;

    private bool TryReadText(int end, out string text)
    {
        text = string.Empty;
        if (_position >= end || _message[_position] > end - _position - 1)
        {
            return false;
        }

        int length = _message[_position++];
        text = Encoding.Latin1.GetString(_message.Slice(_position, length));
        _position += length;
        return true;
    }

    private bool TryReadUInt16(out ushort value)
    {
        value = 0;
        if (_message.Length - _position < sizeof(ushort))
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt16BigEndian(_message[_position..]);
        _position += sizeof(ushort);
        return true;
    }

    private bool TryReadUInt32(out uint value)
    {
        value = 0;
        if (!TryReadUInt16(out var high) || !TryReadUInt16(out var low))
        {
            return false;
        }

        value = ((uint)high << 16) | low;
        return true;
    }
}
