using System.Net;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Conformance;

/// <summary>Every message of RFC 4475 and RFC 5118 and of the example flows, with the verdict that the RFC demands.</summary>
public sealed class VectorTests
{
    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var table in new[] { "rfc4475", "rfc5118", "flows" })
        {
            foreach (var row in VectorTable.Read(table))
            {
                data.Add(table, row["file"]);
            }
        }

        return data;
    }

    [Fact]
    public void Tables_NameEveryMessage()
    {
        Assert.Equal(49, VectorTable.Read("rfc4475").Count);
        Assert.Equal(12, VectorTable.Read("rfc5118").Count);
        Assert.Equal(190, VectorTable.Read("flows").Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Parse_Vector_GivesTheVerdictOfTheRfc(string table, string file)
    {
        var row = VectorTable.Row(table, file);
        var result = SipParser.ParseDatagram(VectorTable.Bytes(table, file));
        var rejection = result.Rejection != SipRejection.None || result.Message is null
            ? result.Rejection
            : SipMessageRules.Check(result.Message);

        if (row["layer"] == "parse" && row["verdict"] == "reject")
        {
            Assert.NotEqual(SipRejection.None, rejection);
            if (row.TryGetValue("status", out var status) && status.Length > 0)
            {
                Assert.NotNull(result.Message);
                Assert.Contains(SipRejections.StatusCodeOf(rejection).ToString(), status.Split('/'));
            }

            return;
        }

        Assert.Equal(SipRejection.None, result.Rejection);
        if (row["layer"] != "transaction/ua")
        {
            Assert.Equal(SipRejection.None, rejection);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Parse_Vector_FindsEveryFact(string table, string file)
    {
        var row = VectorTable.Row(table, file);
        if (row["layer"] == "parse")
        {
            return; // Nothing is claimed of what may not be read.
        }

        var bytes = VectorTable.Bytes(table, file);
        var message = SipParser.ParseDatagram(bytes).Message!;
        var facts = VectorTable.Facts(row).ToList();
        var offends = facts.Find(f => f.Key == "offends").Value?.Split('|') ?? [];
        foreach (var (key, value) in facts.Where(f => !IsElsewhere(f.Key)))
        {
            if (key == "contact-uri" && offends.Contains("Contact"))
            {
                continue; // The offending header itself may be refused; only the rest must hold.
            }

            var expected = key.EndsWith("-address", StringComparison.Ordinal) ? IPAddress.Parse(value).ToString() : value;
            Assert.Equal($"{key}={expected}", $"{key}={MessageFacts.Of(message, bytes, key)}");
        }
    }

    // What is wrong is the verdict's matter, parts of bodies those of the tests of bodies.
    private static bool IsElsewhere(string key) =>
        key is "offends" or "multipart-boundary" || key.StartsWith("part-", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void Write_ParsedVector_KeepsEveryHeaderByte(string table, string file)
    {
        var bytes = VectorTable.Bytes(table, file);
        var result = SipParser.ParseDatagram(bytes);
        if (!result.IsValid)
        {
            return; // What was refused is not written.
        }

        var start = bytes.AsSpan().IndexOf("\r\n"u8) + 2;
        var written = result.Message!.ToBytes();
        var writtenStart = written.AsSpan().IndexOf("\r\n"u8) + 2;
        var headLength = SipParser.FindHeadEnd(bytes) - start;
        Assert.True(
            written.AsSpan(writtenStart).StartsWith(bytes.AsSpan(start, headLength - 2)),
            "the header fields are written back byte for byte");
    }
}
