using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Conformance;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Transport;

/// <summary>
/// The messages of RFC 4475 and RFC 5118 as a stream: however they are cut, what is read and what is refused is the same, and
/// what has its length on it reads as it does from a datagram. (The flows are in <see cref="SipStreamFramerTests"/>.)
/// </summary>
public sealed class VectorSplitTests
{
    public static TheoryData<string, string> Vectors => ElementVectors.All();

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vector_WholeByteByByteAndAtEverySplit_GivesTheSame(string table, string file)
    {
        var bytes = VectorTable.Bytes(table, file);
        var whole = Read([bytes]);
        Assert.Equal(whole, Read(bytes.Select(b => new[] { b })));
        for (var split = 1; split < bytes.Length; split++)
        {
            Assert.Equal(whole, Read([bytes[..split], bytes[split..]]));
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vector_WithItsLength_ReadsAsFromADatagram(string table, string file)
    {
        var datagram = ElementVectors.Parse(table, file);
        if (!datagram.IsValid || !datagram.Message!.Headers.Contains(HeaderId.ContentLength))
        {
            return; // Refused in both; or no message of a stream.
        }

        Assert.StartsWith(Describe(datagram), Read([VectorTable.Bytes(table, file)]), StringComparison.Ordinal);
    }

    private static string Read(IEnumerable<byte[]> chunks)
    {
        var framer = new SipStreamFramer();
        var seen = string.Empty;
        foreach (var chunk in chunks)
        {
            framer.Feed(chunk);
            while (framer.TryRead(out var result))
            {
                seen += Describe(result);
            }
        }

        return seen + framer.IsBroken;
    }

    private static string Describe(SipParseResult result) => $"{result.Rejection}\n{result.Message}\n---\n";
}
