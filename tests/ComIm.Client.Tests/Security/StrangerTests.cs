using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Security;

/// <summary>Who is not the server, reaches this computer all the same, and claims to be somebody.</summary>
public sealed class StrangerTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(25);

    [SkippableTheory]
    [InlineData("MESSAGE", false)]
    [InlineData("INVITE", false)]
    [InlineData("SUBSCRIBE", false)]
    [InlineData("OPTIONS", false)]
    [InlineData("MESSAGE", true)]
    public async Task Request_FromElsewhereThanTheServer_IsForbidden(string method, bool isTcp)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Other systems have one loopback address.");
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        var contact = server.Server.Location.Find("bob")[0].Contact;
        Assert.StartsWith("SIP/2.0 403 ", await AskAsync(contact.Port!.Value, IPAddress.Parse("127.0.0.2"), method, isTcp), StringComparison.Ordinal);
        Assert.Empty(bob.Conversations);
    }

    [SkippableFact]
    public async Task Request_FromElsewhere_IsTakenWhereTheUserWantsIt()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Other systems have one loopback address.");
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob") with { AcceptsDirectRequests = true });
        var contact = server.Server.Location.Find("bob")[0].Contact;
        Assert.StartsWith("SIP/2.0 200 ", await AskAsync(contact.Port!.Value, IPAddress.Parse("127.0.0.2"), "MESSAGE", false), StringComparison.Ordinal);
        Assert.Single(bob.Conversations);
    }

    [SkippableFact]
    public async Task Request_FromAnotherAddressOfTheServersName_IsTaken()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Other systems have one loopback address.");
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var dns = await NameServer.StartAsync("cluster A 127.0.0.1\ncluster A 127.0.0.3");
        await using var client = new ImClient(new ImClientOptions { DnsServers = [dns.EndPoint] });
        var bob = await client.SignInAsync(server.SettingsOf("bob") with { Server = $"cluster.example.com:{server.Server.LocalEndPoint.Port}" }).WaitAsync(Guard);
        var contact = server.Server.Location.Find("bob")[0].Contact;
        Assert.StartsWith("SIP/2.0 200 ", await AskAsync(contact.Port!.Value, IPAddress.Parse("127.0.0.3"), "MESSAGE", false), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 403 ", await AskAsync(contact.Port.Value, IPAddress.Parse("127.0.0.2"), "MESSAGE", false), StringComparison.Ordinal);
        Assert.Single(bob.Conversations);
    }

    [Theory]
    [InlineData("BYE")]
    [InlineData("INFO")]
    [InlineData("MESSAGE")]
    [InlineData("NOTIFY")]
    [InlineData("UPDATE")]
    [InlineData("CANCEL")]
    public async Task Request_ThatGuessesADialog_FindsNone(string method)
    {
        await using var server = await TestServer.StartAsync();
        await using var aliceClient = new ImClient();
        await using var bobClient = new ImClient();
        var alice = await aliceClient.SignInAsync(server.SettingsOf("alice"));
        var bob = await bobClient.SignInAsync(server.SettingsOf("bob"));
        var conversation = alice.GetConversation("sip:bob@example.com");
        await conversation.StartAsync().WaitAsync(Guard);

        // With the answer to a message in the session the other side is in it, too.
        await conversation.SendAsync("hello").WaitAsync(Guard);
        var contact = server.Server.Location.Find("bob")[0].Contact;
        Assert.StartsWith(
            "SIP/2.0 481 ", await AskAsync(contact.Port!.Value, IPAddress.Loopback, method, false, ";tag=guessed", "Replaces: x;to-tag=1;from-tag=2\r\n"), StringComparison.Ordinal);
        Assert.Equal(Client.Conversations.ConversationState.Connected, bob.GetConversation("sip:alice@example.com").State);
    }

    [Fact]
    public async Task Refer_AndInviteWithReplaces_OfAStranger_MoveNobody()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        var port = server.Server.Location.Find("bob")[0].Contact.Port!.Value;
        Assert.StartsWith("SIP/2.0 405 ", await AskAsync(port, IPAddress.Loopback, "REFER", false, "", "Refer-To: <sip:mallory@192.0.2.1>\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 488 ", await AskAsync(port, IPAddress.Loopback, "INVITE", false, "", "Replaces: x;to-tag=1;from-tag=2\r\n"), StringComparison.Ordinal);
        Assert.Empty(bob.Conversations);
    }

    private static async Task<string> AskAsync(int port, IPAddress source, string method, bool isTcp, string toTag = "", string more = "")
    {
        var request = Encoding.ASCII.GetBytes(
            $"{method} sip:bob@127.0.0.1:{port} SIP/2.0\r\nVia: SIP/2.0/{(isTcp ? "TCP" : "UDP")} {source}:9;rport;branch=z9hG4bK{Guid.NewGuid():n}\r\nMax-Forwards: 70\r\n"
            + $"From: \"Alice\" <sip:alice@example.com>;tag=1\r\nTo: <sip:bob@example.com>{toTag}\r\nCall-ID: {Guid.NewGuid():n}\r\nCSeq: 1 {method}\r\n"
            + $"Contact: <sip:mallory@{source}:9>\r\nEvent: presence\r\n{more}Content-Type: text/plain\r\nContent-Length: {(method == "MESSAGE" ? 6 : 0)}\r\n\r\n{(method == "MESSAGE" ? "it's me" : "")[..(method == "MESSAGE" ? 6 : 0)]}");
        using var guard = new CancellationTokenSource(Guard);
        if (isTcp)
        {
            using var tcp = new TcpClient(new IPEndPoint(source, 0));
            await tcp.ConnectAsync(IPAddress.Loopback, port, guard.Token);
            await tcp.GetStream().WriteAsync(request, guard.Token);
            var buffer = new byte[4096];
            return Encoding.ASCII.GetString(buffer, 0, await tcp.GetStream().ReadAsync(buffer, guard.Token));
        }

        using var udp = new UdpClient(new IPEndPoint(source, 0));
        await udp.SendAsync(request, new IPEndPoint(IPAddress.Loopback, port), guard.Token);
        return Encoding.ASCII.GetString((await udp.ReceiveAsync(guard.Token)).Buffer);
    }
}
