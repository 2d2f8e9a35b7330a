using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Conformance;

/// <summary>The messages of RFC 4475 and RFC 5118, and what an element must answer.</summary>
internal static class ElementVectors
{
    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var table in new[] { "rfc4475", "rfc5118" })
        {
            foreach (var row in VectorTable.Read(table))
            {
                data.Add(table, row["file"]);
            }
        }

        return data;
    }

    public static SipParseResult Parse(string table, string file) => SipParser.ParseDatagram(VectorTable.Bytes(table, file));

    /// <summary>The port that a response goes to: the topmost Via's, where it can be read.</summary>
    public static int ReplyPort(SipParseResult vector) => vector.Message?.TopVia?.SentBy.Port ?? 5060;

    /// <summary>The codes that a column lists.</summary>
    public static int[] Codes(IReadOnlyDictionary<string, string> row, string column) =>
        [.. row[column].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
}
