using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.TestKit;

namespace ComIm.Client.Tests;

/// <summary>A peer whose 200 was lost sends again; a careless one sends again as a new transaction. Both are shown once.</summary>
public sealed class DuplicateTests
{
    [Theory]
    [InlineData("z9hG4bKone", "z9hG4bKone")] // a retransmission (RFC 3261 section 17.2.2)
    [InlineData("z9hG4bKone", "z9hG4bKtwo")] // a merged request (section 8.2.2.2)
    [InlineData("", "")] // a peer of RFC 2543, without a branch
    public async Task Request_ReceivedTwice_IsAnsweredTwiceAndDeliveredOnce(string firstBranch, string secondBranch)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        var contact = server.Server.Location.Find("bob")[0].Contact;
        using var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        peer.Connect(IPAddress.Loopback, contact.Port!.Value);

        await SendAsync(peer, contact.ToString(), firstBranch, 1, "once");
        await SendAsync(peer, contact.ToString(), secondBranch, 1, "once");
        await SendAsync(peer, contact.ToString(), "z9hG4bKlast", 2, "end");

        var seen = new List<string>();
        await foreach (var message in bob.ReceiveAsync())
        {
            seen.Add(message.Text);
            if (message.Text == "end")
            {
                break;
            }
        }

        Assert.Equal(["once", "end"], seen);
    }

    [Fact]
    public async Task Request_ReceivedAgainByTheNextRun_IsAnsweredAndNotShown()
    {
        var folder = Directory.CreateTempSubdirectory("comim-duplicate-");
        try
        {
            await using var server = await TestServer.StartAsync();
            using var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            var seen = new List<string>();
            for (var run = 1; run <= 2; run++)
            {
                await using var client = new ImClient(new ImClientOptions { DataDirectory = folder.FullName });
                var bob = await client.SignInAsync(server.SettingsOf("bob"));
                var contact = server.Server.Location.Find("bob")[0].Contact;
                peer.Connect(IPAddress.Loopback, contact.Port!.Value);
                await SendAsync(peer, contact.ToString(), "z9hG4bKrun" + run, 1, "once");
                await SendAsync(peer, contact.ToString(), "z9hG4bKlast" + run, 1 + (uint)run, "end of run " + run);
                await foreach (var message in bob.ReceiveAsync())
                {
                    seen.Add(message.Text);
                    if (message.Text.StartsWith("end", StringComparison.Ordinal))
                    {
                        break;
                    }
                }
            }

            Assert.Equal(["once", "end of run 1", "end of run 2"], seen);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Sends a MESSAGE and waits for its 200.</summary>
    private static async Task SendAsync(UdpClient peer, string contact, string branch, uint sequence, string text)
    {
        var request = $"""
            MESSAGE {contact} SIP/2.0
            Via: SIP/2.0/UDP {peer.Client.LocalEndPoint};rport{(branch.Length == 0 ? "" : ";branch=" + branch)}
            From: <sip:alice@example.com>;tag=1
            To: <sip:bob@example.com>
            Call-ID: duplicate
            CSeq: {sequence} MESSAGE
            Max-Forwards: 70
            Content-Type: text/plain
            Content-Length: {text.Length}

            {text}
            """.ReplaceLineEndings("\r\n");
        await peer.SendAsync(Encoding.ASCII.GetBytes(request));
        var answer = await peer.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.StartsWith("SIP/2.0 200 OK", Encoding.ASCII.GetString(answer.Buffer), StringComparison.Ordinal);
    }
}
