using ComIm.Sip.Location;

namespace ComIm.Sip.Tests.Location;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData("example.com", "076578616d706c6503636f6d00")]
    [InlineData("example.com.", "076578616d706c6503636f6d00")]
    [InlineData("_sip._udp.a", "045f736970045f756470016100")]
    public void Write_Name_HasItsLabels(string name, string hex)
    {
        var buffer = new byte[DnsName.MaxLength];
        Assert.True(DnsName.TryWrite(name, buffer, out var written));
        Assert.Equal(hex, Convert.ToHexStringLower(buffer, 0, written));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a b")]
    [InlineData("a\\046b")]
    [InlineData("[2001:db8::1]")]
    [InlineData("bücher.example")]
    public void Write_WhatIsNoHostName_IsRefused(string name) => Assert.False(DnsName.TryWrite(name, new byte[DnsName.MaxLength], out _));

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Write_LongLabel_UpTo63(int length, bool fits) =>
        Assert.Equal(fits, DnsName.TryWrite(new string('a', length), new byte[DnsName.MaxLength], out _));

    [Fact]
    public void Write_LongName_UpTo255Bytes()
    {
        // 127 labels of one letter are 254 bytes, and the root makes 255.
        Assert.True(DnsName.TryWrite(string.Join('.', Enumerable.Repeat('a', 127)), new byte[DnsName.MaxLength], out var written));
        Assert.Equal(255, written);
        Assert.False(DnsName.TryWrite(string.Join('.', Enumerable.Repeat('a', 128)), new byte[DnsName.MaxLength], out _));
    }

    [Fact]
    public void Read_CompressedName_FollowsPointersAndEndsBehindTheFirst()
    {
        byte[] message = [3, .. "com"u8, 0, 7, .. "example"u8, 0xC0, 0, 3, .. "sip"u8, 0xC0, 5, 99];
        var position = 15;
        Assert.True(DnsName.TryRead(message, ref position, out var name));
        Assert.Equal("sip.example.com", name);
        Assert.Equal(message.Length - 1, position);
    }

    [Theory]
    [InlineData("c000", "a pointer to itself")]
    [InlineData("c002", "a pointer ahead")]
    [InlineData("0161c000", "a pointer to the name it is in")]
    [InlineData("c0", "half a pointer")]
    [InlineData("0161", "no end")]
    [InlineData("05616263", "a label longer than the message")]
    [InlineData("4061", "a label type that does not exist")]
    [InlineData("8061", "another")]
    [InlineData("", "nothing")]
    public void Read_Malformed_IsRefused(string hex, string why)
    {
        var position = 0;
        Assert.False(DnsName.TryRead(Convert.FromHexString(hex), ref position, out _), why);
    }

    [Fact]
    public void Read_TwoPointersAtEachOther_IsRefused()
    {
        byte[] message = [0xC0, 2, 0xC0, 0];
        foreach (var start in new[] { 0, 2 })
        {
            var position = start;
            Assert.False(DnsName.TryRead(message, ref position, out _));
        }
    }

    [Fact]
    public void Read_PointersThatGrowAName_EndAt255Bytes()
    {
        // Each part is a label and a pointer to the part before; 20 of them are more than a name may hold.
        List<byte> message = [15, .. new byte[15], 0];
        var previous = 0;
        var position = 0;
        for (var part = 0; part < 20; part++)
        {
            position = message.Count;
            message.AddRange([15, .. new byte[15], (byte)(0xC0 | (previous >> 8)), (byte)previous]);
            previous = position;
        }

        Assert.False(DnsName.TryRead([.. message], ref position, out _));
    }

    [Fact]
    public void Read_BytesOfNoHostName_DoNotReadLikeAnother()
    {
        byte[] message = [5, .. "a.b\\c"u8, 0];
        var position = 0;
        Assert.True(DnsName.TryRead(message, ref position, out var name));
        Assert.Equal("a\\046b\\092c", name);
    }

    [Fact]
    public void Read_Root_IsADot()
    {
        var position = 0;
        Assert.True(DnsName.TryRead([0], ref position, out var name));
        Assert.Equal(DnsName.Root, name);
    }
}
