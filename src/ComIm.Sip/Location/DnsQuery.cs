using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ComIm.Sip.Location;

/// <summary>One query as it is sent (RFC 1035 section 4.1).</summary>
internal sealed class DnsQuery
{
    /// <summary>The largest datagram asked for: what passes nearly everywhere without fragments.</summary>
    public const int UdpPayload = 1232;

    private const int HeaderLength = 12;
    private const int OptLength = 11;
    private const ushort RecursionDesired = 0x0100;
    private const ushort ClassInternet = 1;
    private const ushort TypeOpt = 41;

    private DnsQuery(DnsQuestion question, ushort id, bool hasEdns, byte[] bytes)
    {
        Question = question;
        Id = id;
        HasEdns = hasEdns;
        Bytes = bytes;
    }

    public DnsQuestion Question { get; }

    /// <summary>Unguessable, so that a stranger's answer does not fit (RFC 5452 section 9.2).</summary>
    public ushort Id { get; }

    /// <summary>Whether larger datagrams are announced (EDNS0, RFC 6891).</summary>
    public bool HasEdns { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Makes a query; null where the name is none that could have records.</summary>
    public static DnsQuery? Create(DnsQuestion question, bool useEdns)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        if (!DnsName.TryWrite(question.Name, name, out var length))
        {
            return null;
        }

        var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        var bytes = new byte[HeaderLength + length + 4 + (useEdns ? OptLength : 0)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, id);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), RecursionDesired);
        bytes[5] = 1;
        name[..length].CopyTo(bytes.AsSpan(HeaderLength));
        var rest = bytes.AsSpan(HeaderLength + length);
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)question.Type);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], ClassInternet);
        if (useEdns)
        {
            // The root's name, OPT, and the payload in the place of the class (RFC 6891 section 6.1.2).
            bytes[11] = 1;
            BinaryPrimitives.WriteUInt16BigEndian(rest[5..], TypeOpt);
            BinaryPrimitives.WriteUInt16BigEndian(rest[7..], UdpPayload);
        }

        return new DnsQuery(question, id, useEdns, bytes);
    }

    /// <summary>Whether a message answers this query and no other (RFC 5452 section 9.1).</summary>
    public bool IsAnsweredBy(DnsMessage message) =>
        message.Id == Id
        && (message.Question == Question || (message.Question is null && message.Code == DnsResponseCode.FormatError));
}
