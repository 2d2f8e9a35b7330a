using System.Text;

namespace ComIm.Sip.Tests.Fuzzing;

/// <summary>Makes broken messages of real ones. The same seed makes the same sequence, so that a finding can be repeated.</summary>
internal sealed class Mutator(ulong seed, IReadOnlyList<byte[]> corpus)
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\r\n", "\r\n\r\n", "\r\n ", "\n", "\0", ";", ";;", ",", ":", "::", "@", "<", ">", "\"", "\\", "=", "?", "%", "%00", "%zz", "[", "]",
            "[::1]", "SIP/2.0", "z9hG4bK", "Content-Length: 99999999999", "Content-Length: -1", "l:0", "Via: ", "tag=", "branch=", "4294967296",
            "2147483648", "999999999999999999999", "--", "boundary=", "Digest ", "nonce=\"", "qop=auth", "*", "sip:", "sips:", "é", "\U0001F40E",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private ulong _state = seed | 1;

    /// <summary>One input: a real message with one to eight changes.</summary>
    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[Below(corpus.Count)]);
        for (var changes = 1 + Below(8); changes > 0 && bytes.Count > 0; changes--)
        {
            Change(bytes);
        }

        return [.. bytes];
    }

    /// <summary>A number from 0 to below the bound (xorshift64*).</summary>
    public int Below(int bound)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (int)((_state * 0x2545F4914F6CDD1DUL >> 33) % (ulong)bound);
    }

    private void Change(List<byte> bytes)
    {
        var at = Below(bytes.Count);
        var length = Math.Min(1 + Below(Below(4) == 0 ? 200 : 8), bytes.Count - at);
        switch (Below(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << Below(8));
                break;
            case 1:
                bytes[at] = (byte)Below(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Tokens[Below(Tokens.Length)]);
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                var other = corpus[Below(corpus.Count)];
                var from = Below(other.Length);
                bytes.InsertRange(at, other.Skip(from).Take(length));
                break;
        }
    }
}
