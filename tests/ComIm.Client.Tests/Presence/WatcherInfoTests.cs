using System.Text;
using ComIm.Client.Presence;

namespace ComIm.Client.Tests.Presence;

/// <summary>Watcher information: RFC 3858.</summary>
public sealed class WatcherInfoTests
{
    private const string Bob = "<watcher id='1' event='subscribe' status='active' display-name='Bob'>sip:bob@example.com</watcher>";
    private const string Carol = "<watcher id='2' event='subscribe' status='pending'> sip:carol@example.com </watcher>";

    [Fact]
    public void Document_Full_NamesAll()
    {
        var table = new WatcherTable();
        Assert.True(table.Take(Read(0, "full", Bob + Carol)));
        Assert.Equal([new Watcher("sip:bob@example.com", "Bob", false), new Watcher("sip:carol@example.com", null, true)], table.All);
        Assert.True(table.Take(Read(7, "full", Carol)));
        Assert.Equal([new Watcher("sip:carol@example.com", null, true)], table.All);
    }

    [Fact]
    public void Document_Partial_ChangesWhatItNames()
    {
        var table = new WatcherTable();
        table.Take(Read(0, "full", Bob + Carol));
        Assert.True(table.Take(Read(1, "partial", "<watcher id='1' event='timeout' status='terminated'>sip:bob@example.com</watcher>")));
        Assert.True(table.Take(Read(2, "partial", "<watcher id='2' event='approved' status='active'>sip:carol@example.com</watcher>")));
        Assert.Equal([new Watcher("sip:carol@example.com", null, false)], table.All);
    }

    [Fact]
    public void Document_Missing_AsksForTheWhole()
    {
        var table = new WatcherTable();
        Assert.False(table.Take(Read(3, "partial", Bob)));
        Assert.True(table.Take(Read(3, "full", Bob)));
        Assert.False(table.Take(Read(5, "partial", Carol)));
        Assert.True(table.Take(Read(2, "partial", Carol))); // an old one is passed over
        Assert.Single(table.All);
    }

    [Fact]
    public void Watcher_WithTwoDevices_IsOne_AndIsInWhereOneIs()
    {
        var table = new WatcherTable();
        table.Take(Read(0, "full", Bob + Bob.Replace("'1'", "'3'").Replace("active", "pending")));
        Assert.Equal([new Watcher("sip:bob@example.com", "Bob", false)], table.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<watcherinfo xmlns='urn:ietf:params:xml:ns:watcherinfo' state='full'/>")]
    [InlineData("<watcherinfo version='1'/>")]
    [InlineData("<!DOCTYPE w [<!ENTITY e 'e'>]><watcherinfo xmlns='urn:ietf:params:xml:ns:watcherinfo' version='0'>&e;</watcherinfo>")]
    public void Bytes_ThatAreNone_AreNone(string text) => Assert.Null(WatcherInfoDocument.Read(Encoding.UTF8.GetBytes(text)));

    private static WatcherInfoDocument Read(int version, string state, string watchers) => WatcherInfoDocument.Read(Encoding.UTF8.GetBytes($"""
        <?xml version="1.0"?>
        <watcherinfo xmlns="urn:ietf:params:xml:ns:watcherinfo" version="{version}" state="{state}">
          <watcher-list resource="sip:alice@example.com" package="presence">{watchers}</watcher-list>
          <watcher-list resource="sip:alice@example.com" package="dialog"><watcher id="9" status="active">sip:x@example.com</watcher></watcher-list>
        </watcherinfo>
        """))!;
}
