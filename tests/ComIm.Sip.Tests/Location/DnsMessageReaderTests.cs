using System.Net;
using ComIm.Sip.Location;

namespace ComIm.Sip.Tests.Location;

public sealed class DnsMessageReaderTests
{
    private const int A = 1, Cname = 5, Soa = 6, Txt = 16, Aaaa = 28, Srv = 33, Naptr = 35;

    [Fact]
    public void Read_EveryType_HasItsData()
    {
        var message = DnsMessageReader.Read(EveryType())!;
        Assert.Equal((0x1234, DnsResponseCode.NoError, false), (message.Id, message.Code, message.IsTruncated));
        Assert.Equal(new DnsQuestion("example.com", DnsRecordType.A), message.Question);
        Assert.Equal(
            [
                "alias.example.com",
                IPAddress.Parse("192.0.2.1"),
                IPAddress.Parse("2001:db8::1"),
                new SrvData(10, 60, 5060, "sip.example.com"),
                new NaptrData(50, 20, "s", "SIP+D2U", "", "_sip._udp.example.com"),
            ],
            message.Answers.Select(r => r.Data));
        Assert.All(message.Answers, r => Assert.Equal(TimeSpan.FromSeconds(300), r.TimeToLive));
        Assert.Equal(new SoaData(TimeSpan.FromSeconds(60)), Assert.Single(message.Authorities).Data);
    }

    [Fact]
    public void Read_Compressed_NamesAreWhole()
    {
        var bytes = DnsBytes.ResponseTo("_sip._udp.example.com", Srv, answers: 1)
            .Pointer(12).UInt16(Srv).UInt16(1).UInt32(1).Data(d => d.UInt16(1).UInt16(2).UInt16(5060).Text("a").Pointer(22));
        var record = Assert.Single(DnsMessageReader.Read(bytes.ToArray())!.Answers);
        Assert.Equal("_sip._udp.example.com", record.Name);
        Assert.Equal(new SrvData(1, 2, 5060, "a.example.com"), record.Data);
    }

    [Fact]
    public void Read_TypeOrClassUnknown_IsPassedOver()
    {
        var bytes = DnsBytes.ResponseTo("a", A, answers: 3)
            .Record("a", Txt, 1, d => d.Text("hello"))
            .Name("a").UInt16(A).UInt16(3).UInt32(1).Data(d => d.Raw(1, 2, 3))
            .Record("a", A, 1, d => d.Raw(192, 0, 2, 7));
        Assert.Equal(IPAddress.Parse("192.0.2.7"), Assert.Single(DnsMessageReader.Read(bytes.ToArray())!.Answers).Data);
    }

    [Fact]
    public void Read_Truncated_RecordsAreNotRead()
    {
        var bytes = DnsBytes.ResponseTo("a", A, answers: 5, flags: 0x8380).Raw(1, 2, 3).ToArray();
        var message = DnsMessageReader.Read(bytes)!;
        Assert.True(message.IsTruncated);
        Assert.Empty(message.Answers);
    }

    [Fact]
    public void Read_TimeToLiveWithHighestBit_IsZero()
    {
        var bytes = DnsBytes.ResponseTo("a", A, answers: 1).Record("a", A, 0x8000_0000, d => d.Raw(192, 0, 2, 7)).ToArray();
        Assert.Equal(TimeSpan.Zero, Assert.Single(DnsMessageReader.Read(bytes)!.Answers).TimeToLive);
    }

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        var whole = EveryType();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Null(DnsMessageReader.Read(whole.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData(A, "c00002")]
    [InlineData(A, "c000020101")]
    [InlineData(Aaaa, "c0000201")]
    [InlineData(Cname, "016100ff")]
    [InlineData(Srv, "0001000113c4")]
    [InlineData(Srv, "0001000113c4016100ff")]
    [InlineData(Naptr, "00010001ff73")]
    [InlineData(Naptr, "0001000101730161010000ff")]
    [InlineData(Soa, "00000000")]
    public void Read_DataOfAnotherLength_IsRefused(int type, string hex)
    {
        var bytes = DnsBytes.ResponseTo("a", type, answers: 1).Record("a", type, 1, d => d.Raw(Convert.FromHexString(hex)));
        Assert.Null(DnsMessageReader.Read(bytes.Name("padding.example.com").ToArray()));
    }

    [Fact]
    public void Read_MoreRecordsCountedThanThere_IsRefused()
    {
        foreach (var count in new[] { 2, DnsMessageReader.MaxRecords, DnsMessageReader.MaxRecords + 1, 65_535 })
        {
            var bytes = DnsBytes.ResponseTo("a", A, answers: count).Record("a", A, 1, d => d.Raw(192, 0, 2, 7)).ToArray();
            Assert.Null(DnsMessageReader.Read(bytes));
        }
    }

    [Theory]
    [InlineData(0x0100, 1, "a query")]
    [InlineData(0x8980, 1, "another opcode")]
    [InlineData(0x8180, 2, "two questions")]
    public void Read_WhatIsNoResponse_IsRefused(int flags, int questions, string why)
    {
        var bytes = DnsBytes.ResponseTo("a", A, flags: flags).Patch(4, questions).Name("a").UInt16(A).UInt16(1).ToArray();
        Assert.True(DnsMessageReader.Read(bytes) is null, why);
    }

    [Fact]
    public void Read_AliasInACircleOfPointers_IsRefused()
    {
        var bytes = DnsBytes.ResponseTo("a", Cname, answers: 1);
        bytes.Record("a", Cname, 1, d => d.Pointer(d.Length));
        Assert.Null(DnsMessageReader.Read(bytes.ToArray()));
    }

    [Fact]
    public void Read_RandomlyMutated_NeverThrows()
    {
        var original = EveryType();
        var random = new Random(3263);
        var read = 0;
        for (var run = 0; run < 100_000; run++)
        {
            var bytes = original.ToArray();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            read += DnsMessageReader.Read(bytes.AsSpan(0, random.Next(3) == 0 ? random.Next(bytes.Length) : bytes.Length)) is null ? 0 : 1;
        }

        // Some changes hit values that may be anything; were there none, the reader would not have been reached.
        Assert.InRange(read, 1, 99_999);
    }

    private static byte[] EveryType() => DnsBytes.ResponseTo("example.com", A, answers: 6, authorities: 2)
        .Record("example.com", Cname, 300, d => d.Name("alias.example.com"))
        .Record("alias.example.com", A, 300, d => d.Raw(192, 0, 2, 1))
        .Record("alias.example.com", Aaaa, 300, d => d.Raw(IPAddress.Parse("2001:db8::1").GetAddressBytes()))
        .Record("alias.example.com", Srv, 300, d => d.UInt16(10).UInt16(60).UInt16(5060).Name("sip.example.com"))
        .Record("example.com", Naptr, 300, d => d.UInt16(50).UInt16(20).Text("s").Text("SIP+D2U").Text("").Name("_sip._udp.example.com"))
        .Record("example.com", Txt, 300, d => d.Text("x"))
        .Record("example.com", 2, 300, d => d.Name("ns.example.com"))
        .Record("example.com", Soa, 300, Authority)
        .ToArray();

    private static void Authority(DnsBytes data) =>
        data.Name("ns.example.com").Name("alice.example.com").UInt32(1).UInt32(2).UInt32(3).UInt32(4).UInt32(60);
}
