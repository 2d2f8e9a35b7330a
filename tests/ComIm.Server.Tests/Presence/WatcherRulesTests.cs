using System.Text;
using ComIm.Server.Presence;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Presence;

/// <summary>Presence authorisation documents: RFC 4745, RFC 5025.</summary>
public sealed class WatcherRulesTests
{
    [Theory]
    [InlineData("", WatcherHandling.Block)] // where nothing fits
    [InlineData("<rule><actions><p:sub-handling>allow</p:sub-handling></actions></rule>", WatcherHandling.Allow)]
    [InlineData("<rule><conditions/><actions><p:sub-handling>polite-block</p:sub-handling></actions></rule>", WatcherHandling.PoliteBlock)]
    [InlineData("<rule><conditions><identity><one id='sip:bob@example.com'/></identity></conditions><actions><p:sub-handling>confirm</p:sub-handling></actions></rule>", WatcherHandling.Confirm)]
    [InlineData("<rule><conditions><identity><one id='sip:carol@example.com'/></identity></conditions><actions><p:sub-handling>allow</p:sub-handling></actions></rule>", WatcherHandling.Block)]
    [InlineData("<rule><conditions><identity><many><except id='sip:bob@example.com'/></many></identity></conditions><actions><p:sub-handling>allow</p:sub-handling></actions></rule>", WatcherHandling.Block)]
    [InlineData("<rule><conditions><identity><many domain='EXAMPLE.com'/></identity></conditions><actions><p:sub-handling>allow</p:sub-handling></actions></rule>", WatcherHandling.Allow)]
    [InlineData("<rule><conditions><identity><many><except domain='example.com'/></many></identity></conditions><actions><p:sub-handling>allow</p:sub-handling></actions></rule>", WatcherHandling.Block)]
    [InlineData("<rule><conditions><sphere value='home'/></conditions><actions><p:sub-handling>allow</p:sub-handling></actions></rule>", WatcherHandling.Block)]
    [InlineData("<rule><conditions><identity><x/></identity></conditions><actions><p:sub-handling>allow</p:sub-handling></actions></rule>", WatcherHandling.Block)]
    [InlineData("<rule><actions><p:sub-handling>block</p:sub-handling></actions></rule><rule><actions><p:sub-handling>confirm</p:sub-handling></actions></rule>", WatcherHandling.Confirm)]
    [InlineData("<rule><actions><p:sub-handling>whatever</p:sub-handling></actions></rule>", WatcherHandling.Block)]
    public void Document_OfAUser_DecidesOverWatchers(string rules, WatcherHandling expected)
    {
        var document = PresenceRules.Read(Encoding.UTF8.GetBytes(
            $"<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:p='urn:ietf:params:xml:ns:pres-rules'>{rules}</ruleset>"));
        Assert.Equal(expected, document!.HandlingOf(SipUri.Parse("sip:bob@example.com")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<ruleset/>")]
    [InlineData("<!DOCTYPE r [<!ENTITY e 'e'>]><ruleset xmlns='urn:ietf:params:xml:ns:common-policy'>&e;</ruleset>")]
    public void Bytes_ThatAreNoRules_AreNone(string text) => Assert.Null(PresenceRules.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Administrator_ComesBeforeTheUser()
    {
        var rules = new WatcherRules();
        rules.SetDocument("alice", PresenceRules.Read("<ruleset xmlns='urn:ietf:params:xml:ns:common-policy'/>"u8.ToArray())!, "example.com");
        Assert.False(rules.IsAllowed("alice", "bob"));
        Assert.True(rules.IsAllowed("alice", "alice"));
        rules.Set("alice", "bob", isAllowed: true);
        Assert.True(rules.IsAllowed("alice", "bob"));
    }
}
