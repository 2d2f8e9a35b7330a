using System.Text;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Dialogs;

public sealed class DialogTests
{
    private const string Invite = """
        INVITE sip:bob@example.com SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKone
        Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr>;x="1,2"
        From: "Alice" <sip:alice@example.com>;tag=a;epid=0102
        To: <sip:bob@example.com>
        Call-ID: one
        CSeq: 7 INVITE
        Contact: <sip:alice@192.0.2.1:5071>
        Content-Length: 0


        """;

    private const string Ok = """
        SIP/2.0 200 OK
        Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKone
        Record-Route: <sip:p2.example.com;lr>
        Record-Route: <sip:p1.example.com;lr>
        From: "Alice" <sip:alice@example.com>;tag=a
        To: <sip:bob@example.com>;tag=b
        Call-ID: one
        CSeq: 7 INVITE
        Contact: <sip:bob@192.0.2.2>
        Content-Length: 0


        """;

    [Fact]
    public void FromRequest_KeepsRecordRouteInOrderAndByteForByte()
    {
        var dialog = Dialog.FromRequest(Request(Invite), "b");
        Assert.Equal(new DialogId("one", "b", "a"), dialog.Id);
        Assert.Equal(["<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>;x=\"1,2\""], dialog.Routes);
        var bye = dialog.CreateRequest(SipMethods.Bye);
        Assert.Equal("sip:alice@192.0.2.1:5071", bye.RequestUriText);
        Assert.Equal(["<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>;x=\"1,2\""], bye.Headers.GetValues(HeaderId.Route));
        Assert.Equal("0102", bye.To!.Parameters.Get("epid"));
        Assert.Equal(("a", "b", 1u), (bye.To.Tag, bye.From!.Tag, bye.CSeq!.Value.Number));
        Assert.Equal("p2.example.com", dialog.NextHop!.Host);
        Assert.False(dialog.StartedHere);
    }

    [Fact]
    public void FromResponse_ReversesRecordRoute()
    {
        var dialog = Dialog.FromResponse(Request(Invite), Response(Ok));
        Assert.Equal(new DialogId("one", "a", "b"), dialog.Id);
        Assert.Equal(["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"], dialog.Routes);
        Assert.Equal("sip:bob@192.0.2.2", dialog.RemoteTarget);
        Assert.Equal(8u, dialog.CreateRequest(SipMethods.Bye).CSeq!.Value.Number);
        Assert.Equal(DialogState.Confirmed, dialog.State);
    }

    [Fact]
    public void StrictRouter_BecomesTheRequestUriAndTheTargetTheLastRoute()
    {
        var dialog = Dialog.FromResponse(Request(Invite), Response(Ok.Replace("p1.example.com;lr", "p1.example.com;x=y?h=1")));
        var bye = dialog.CreateRequest(SipMethods.Bye);
        Assert.Equal("sip:p1.example.com;x=y", bye.RequestUriText);
        Assert.Equal(["<sip:p2.example.com;lr>", "<sip:bob@192.0.2.2>"], bye.Headers.GetValues(HeaderId.Route));
        Assert.Equal("p1.example.com", dialog.NextHop!.Host);
    }

    [Fact]
    public void NoRoute_TargetIsNextHop()
    {
        var dialog = Dialog.FromRequest(Request(Invite.Replace("Record-Route", "X-Nothing")), "b");
        Assert.Equal("192.0.2.1:5071", dialog.NextHop!.HostPort.ToString());
        Assert.False(dialog.CreateRequest(SipMethods.Bye).Headers.Contains(HeaderId.Route));
    }

    [Fact]
    public void Confirm_EarlyDialog_TakesRouteSetAndTargetOfThe2xx()
    {
        var dialog = Dialog.FromResponse(Request(Invite), Response(Ok.Replace("200 OK", "180 Ringing").Replace("192.0.2.2", "192.0.2.3").Replace("p1.", "p9.")));
        Assert.Equal(DialogState.Early, dialog.State);
        dialog.Confirm(Response(Ok));
        Assert.Equal(DialogState.Confirmed, dialog.State);
        Assert.Equal("<sip:p1.example.com;lr>", dialog.Routes[0]);
        Assert.Equal("sip:bob@192.0.2.2", dialog.RemoteTarget);

        // From here on the route set stays (RFC 3261 section 12.2).
        dialog.Confirm(Response(Ok.Replace("p1.", "p9.")));
        Assert.Equal("<sip:p1.example.com;lr>", dialog.Routes[0]);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(700, true)]
    [InlineData(7, false)]
    [InlineData(6, false)]
    public void Receive_NumberNotHigher_IsOutOfOrder(int number, bool accepted)
    {
        var dialog = Dialog.FromRequest(Request(Invite), "b");
        Assert.Equal(accepted, dialog.Receive(Request(Invite.Replace("CSeq: 7 INVITE", $"CSeq: {number} INFO").Replace("INVITE sip", "INFO sip"))));
        Assert.Equal(accepted ? (uint)number : 7u, dialog.RemoteSequence);
    }

    [Fact]
    public void Receive_FirstRequestOfPeer_SetsItsNumber()
    {
        var dialog = Dialog.FromResponse(Request(Invite), Response(Ok));
        Assert.Null(dialog.RemoteSequence);
        Assert.True(dialog.Receive(Request(Invite.Replace("CSeq: 7", "CSeq: 0"))));
        Assert.False(dialog.Receive(Request(Invite.Replace("CSeq: 7", "CSeq: 0"))));
    }

    [Theory]
    [InlineData("INVITE", true)]
    [InlineData("UPDATE", true)]
    [InlineData("SUBSCRIBE", true)]
    [InlineData("NOTIFY", true)]
    [InlineData("REFER", true)]
    [InlineData("INFO", false)]
    [InlineData("MESSAGE", false)]
    public void Receive_TargetRefresh_MovesTheTargetButNotTheRoute(string method, bool moves)
    {
        var dialog = Dialog.FromRequest(Request(Invite), "b");
        var request = Request(Invite.Replace("INVITE", method).Replace("CSeq: 7", "CSeq: 8").Replace("192.0.2.1", "192.0.2.9").Replace("p2.", "p9."));
        Assert.True(dialog.Receive(request));
        Assert.Equal(moves ? "sip:alice@192.0.2.9:5071" : "sip:alice@192.0.2.1:5071", dialog.RemoteTarget);
        Assert.Equal("<sip:p2.example.com;lr>", dialog.Routes[0]);

        var outgoing = Dialog.FromResponse(Request(Invite), Response(Ok));
        outgoing.Receive(method, Response(Ok.Replace("192.0.2.2", "192.0.2.8")));
        Assert.Equal(moves ? "sip:bob@192.0.2.8" : "sip:bob@192.0.2.2", outgoing.RemoteTarget);
    }

    [Fact]
    public void CreateAck_HasNumberAndCredentialsOfTheInvite()
    {
        var invite = Request(Invite.Replace("Contact:", "Proxy-Authorization: Digest x=1\nContact:"));
        var dialog = Dialog.FromResponse(invite, Response(Ok));
        var ack = dialog.CreateAck(invite);
        Assert.Equal("7 ACK", ack.Headers.Get(HeaderId.CSeq));
        Assert.Equal("Digest x=1", ack.Headers.Get(HeaderId.ProxyAuthorization));
        Assert.Equal("sip:bob@192.0.2.2", ack.RequestUriText);
        Assert.Equal(8u, dialog.CreateRequest(SipMethods.Bye).CSeq!.Value.Number);
    }

    [Fact]
    public void FromResponse_PeerWithoutTagOrContact_IsADialogAllTheSame()
    {
        var dialog = Dialog.FromResponse(Request(Invite), Response(Ok.Replace(";tag=b", string.Empty).Replace("Contact", "X-Contact")));
        Assert.Equal(string.Empty, dialog.Id.RemoteTag);
        Assert.Equal("sip:bob@example.com", dialog.RemoteTarget);
        Assert.Null(dialog.CreateRequest(SipMethods.Bye).To!.Tag);
    }

    private static SipRequest Request(string text) => (SipRequest)Parse(text);

    private static SipResponse Response(string text) => (SipResponse)Parse(text);

    private static SipMessage Parse(string text)
    {
        var result = SipParser.ParseDatagram(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));
        Assert.True(result.IsValid, result.Rejection.ToString());
        return result.Message!;
    }
}
