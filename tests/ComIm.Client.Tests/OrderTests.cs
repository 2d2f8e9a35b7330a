using System.Net;
using System.Text;
using ComIm.Client.Accounts;
using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Client.Tests;

/// <summary>Messages are taken in the order in which they arrive, and sent in the order in which they were written.</summary>
public sealed class OrderTests
{
    private const int Count = 100;
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(ImTransport.Tcp, SipTransportKind.Tcp)]
    [InlineData(ImTransport.Udp, SipTransportKind.Udp)]
    public async Task PagerMessages_SentWithoutWaiting_AreTakenInOrderOfArrival(ImTransport transport, SipTransportKind kind)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob", transport));
        await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
        ISipTransport sender = kind == SipTransportKind.Tcp
            ? new TcpTransport(new IPEndPoint(IPAddress.Loopback, 0)) : new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0));
        await using var stack = new SipStack([sender], _ => Task.CompletedTask);
        stack.Start();

        // Straight to bob's contact, so that nobody between them can change the order.
        var target = new SipTarget(kind, IPEndPoint.Parse(bob.Contact.HostPort.ToString()));
        for (var i = 0; i <= Count; i++)
        {
            var request = new SipRequest(SipMethods.Message, bob.Contact);
            request.Headers.Add(HeaderId.From, "<sip:alice@example.com>;tag=1");
            request.Headers.Add(HeaderId.To, "<sip:bob@example.com>");
            request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
            request.Headers.Add(HeaderId.CSeq, "1 MESSAGE");
            request.SetBody("text/plain", Encoding.ASCII.GetBytes("text " + i));
            var transaction = stack.Begin(request, target);
            if (i == 0)
            {
                // What is sent while a connection is being made has no order yet.
                await transaction.FinalResponse.WaitAsync(Guard);
            }
        }

        for (var i = 0; i <= Count; i++)
        {
            Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.Equal("text " + i, received.Current.Text);
        }
    }

    [Theory]
    [InlineData(ImTransport.Udp, ImTransport.Udp)]
    [InlineData(ImTransport.Tcp, ImTransport.Tcp)]
    [InlineData(ImTransport.Udp, ImTransport.Tcp)]
    public async Task Messages_WrittenWithoutWaiting_ArriveInOrder(ImTransport aliceUses, ImTransport bobUses)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", aliceUses));
        var bob = await client.SignInAsync(server.SettingsOf("bob", bobUses));
        await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
        var sending = Enumerable.Range(0, Count).Select(i => alice.SendAsync("sip:bob@example.com", "text " + i)).ToList();
        for (var i = 0; i < Count; i++)
        {
            Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.Equal("text " + i, received.Current.Text);
        }

        await Task.WhenAll(sending).WaitAsync(Guard);
    }
}
