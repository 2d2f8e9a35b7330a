using ComIm.Com.Automation;
using ComIm.Com.Interop;
using ComIm.Com.Tests.UccApi;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.Com.UccApi.Objects.Presence;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Security;

/// <summary>
/// Scripts hand on what others have given them. Whatever it holds, it never becomes a header field of its own, in either face. (What
/// the classes of the UCC API refuse by themselves stands in their own tests.)
/// </summary>
public sealed class ScriptTextTests
{
    [Theory]
    [InlineData("x\r\nEvil: 1")]
    [InlineData("x\nEvil: 1")]
    [InlineData("\r\n\r\nEvil: 1")]
    [InlineData("x\0\r\nEvil: 1")]
    public void Automation_TextWithLineBreaks_ForgesNothing(string evil)
    {
        using var server = new RecordingServer();
        var application = new Application();
        application.SignIn("alice@example.com", "secret", server.Address, "udp");
        foreach (var act in new Action[]
        {
            () => application.SendMessage("bob" + evil + "@example.com", "text"),
            () => application.SendMessage("sip:bob@example.com;x=" + evil, "text"),
            () => application.SendMessage("sip:bob@example.com?Subject=" + evil, "text"),
            () => application.SendMessage("\"" + evil + "\" <sip:bob@example.com>", "text"),
            () => application.ConversationsManager.GetConversation("bob" + evil + "@example.com"),
            () => application.SendMessage("sip:bob@example.com", "text"),
            () => new Application().SignIn("alice" + evil + "@example.com", "secret", server.Address, "udp"),
            () => new Application().SignIn("alice@example.com", "secret" + evil, server.Address, "udp"),
        })
        {
            Try(act);
        }

        application.SignOut();
        Check(server);
    }

    [Theory]
    [InlineData("x\r\nEvil: 1")]
    [InlineData("x\nEvil: 1")]
    [InlineData("\r\n\r\nEvil: 1")]
    public void Ucc_TextWithLineBreaks_ForgesNothing(string evil)
    {
        using var server = new RecordingServer();
        var alice = new UccPeer("alice", server.Address, UCC_TRANSPORT_MODE.UCCTM_UDP).Enable();
        var uris = new UccUriManager();
        foreach (var act in new Action[]
        {
            () => uris.ParseUri("sip:bob" + evil + "@example.com"),
            () => uris.ParseUri("sip:bob@example.com;x=" + evil),
            () => alice.CreateSession(evil),
            () =>
            {
                var session = alice.CreateSession();
                session.AddParticipant(session.CreateParticipant(uris.ParseUri("sip:bob@example.com;x=" + evil), null!), null!);
            },
            () => alice.Settings.CredentialCache.SetCredential(evil, alice.Settings.CredentialCache.CreateCredential("alice" + evil, "secret", evil)),
            () => new UccPeer("alice" + evil, server.Address, UCC_TRANSPORT_MODE.UCCTM_UDP).Enable(),
        })
        {
            Try(act);
        }

        alice.Shutdown();
        Check(server);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(65, false)]
    [InlineData(20_000, false)]
    public void CategoryXml_TooDeep_IsMalformed(int depth, bool isRead)
    {
        var text = string.Concat(Enumerable.Repeat("<a>", depth)) + "<a/>" + string.Concat(Enumerable.Repeat("</a>", depth));
        if (isRead)
        {
            Assert.NotNull(CategoryXml.Parse(text));
        }
        else
        {
            Assert.Equal(UccHResults.UCC_E_MALFORMED_XML, Assert.Throws<HResultException>(() => CategoryXml.Parse(text)).HResult);
        }
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is HResultException or System.Runtime.InteropServices.COMException or ArgumentException)
        {
            // It is refused: that is one way.
        }
    }

    private static void Check(RecordingServer server)
    {
        Assert.NotEmpty(server.Datagrams);
        Assert.All(server.Datagrams, d => Assert.DoesNotContain(d.Split('\r', '\n'), l => l.StartsWith("Evil", StringComparison.Ordinal)));
        Assert.All(server.Heads, h => Assert.DoesNotContain('\0', h));
        Assert.All(server.Heads, h => Assert.Contains("\r\nContent-Length:", h, StringComparison.OrdinalIgnoreCase));
    }
}
