using ComIm.Sip.Location;

namespace ComIm.Sip.Tests.Location;

public sealed class DnsQueryTests
{
    private static readonly DnsQuestion Question = new("example.com", DnsRecordType.Naptr);

    [Theory]
    [InlineData(false, "01000001000000000000" + "076578616d706c6503636f6d00" + "00230001")]
    [InlineData(true, "01000001000000000001" + "076578616d706c6503636f6d00" + "00230001" + "00002904d0000000000000")]
    public void Create_Question_IsOneQueryThatAsksForRecursion(bool useEdns, string hexBehindId)
    {
        var query = DnsQuery.Create(Question, useEdns)!;
        Assert.Equal(hexBehindId, Convert.ToHexStringLower(query.Bytes.Span[2..]));
        Assert.Equal(query.Id, DnsBytes.IdOf(query.Bytes.Span));
    }

    [Fact]
    public void Create_ManyTimes_IdsDiffer() =>
        Assert.True(Enumerable.Range(0, 100).Select(_ => DnsQuery.Create(Question, true)!.Id).Distinct().Count() > 80);

    [Fact]
    public void IsAnsweredBy_OtherIdOrQuestion_No()
    {
        var query = DnsQuery.Create(Question, useEdns: true)!;
        Assert.True(query.IsAnsweredBy(Message(query.Id, new DnsQuestion("EXAMPLE.com", DnsRecordType.Naptr))));
        Assert.False(query.IsAnsweredBy(Message((ushort)(query.Id + 1), Question)));
        Assert.False(query.IsAnsweredBy(Message(query.Id, new DnsQuestion("example.org", DnsRecordType.Naptr))));
        Assert.False(query.IsAnsweredBy(Message(query.Id, new DnsQuestion("example.com", DnsRecordType.A))));
        Assert.False(query.IsAnsweredBy(Message(query.Id, null)));
    }

    private static DnsMessage Message(ushort id, DnsQuestion? question) => new(id, DnsResponseCode.NoError, false, question, [], []);
}
