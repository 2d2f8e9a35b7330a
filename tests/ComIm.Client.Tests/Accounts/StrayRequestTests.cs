using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Accounts;

/// <summary>Requests for somebody else, who was at this address before: a server may not know yet that he is gone.</summary>
public sealed class StrayRequestTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("bob@", 200)]
    [InlineData("", 200)]
    [InlineData("carol@", 404)]
    public async Task Message_ForAnotherUser_IsNotShown(string user, int expected)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        var contact = bob.Contact.HostPort;
        await using var stack = new SipStack([new UdpTransport(new(System.Net.IPAddress.Loopback, 0))], _ => Task.CompletedTask);
        stack.Start();
        var request = new SipRequest(SipMethods.Message, SipUri.Parse($"sip:{user}{contact}"));
        request.Headers.Add(HeaderId.From, $"<sip:alice@example.com>;tag={SipTokens.NewTag()}");
        request.Headers.Add(HeaderId.To, "<sip:carol@example.com>");
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, "1 MESSAGE");
        request.SetBody("text/plain", "for whom?"u8.ToArray());

        var transaction = stack.Begin(request, new SipTarget(SipTransportKind.Udp, new(contact.Address!, contact.Port!.Value)));

        Assert.Equal(expected, (await transaction.FinalResponse.WaitAsync(Guard)).StatusCode);
        Assert.Equal(expected == 200 ? 1 : 0, bob.Conversations.Sum(c => c.Messages.Count));
    }
}
