using System.IO.Compression;
using System.Net;
using System.Text;
using ComIm.Client.Messaging;
using ComIm.Sip;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Client.Tests;

/// <summary>What an account makes of the bodies that other software sends.</summary>
public sealed class IncomingBodyTests
{
    [Theory]
    [InlineData("deflate", true)]
    [InlineData("deflate", false)]
    [InlineData("gzip", true)]
    public async Task Message_Compressed_ArrivesAsText(string coding, bool framed)
    {
        var bytes = Compress(coding, framed, "žluťoučký kůň");
        var (status, text, _) = await SendAsync("text/plain;charset=utf-8", bytes, coding);
        Assert.Equal((200, "žluťoučký kůň"), (status, text));
    }

    [Fact]
    public async Task Message_WithAlternatives_ArrivesAsItsText()
    {
        var (type, content) = new MultipartWriter("alternative")
            .Add(MediaType.PlainText.With("charset", "iso-8859-1"), Encoding.Latin1.GetBytes("Grüße"))
            .Add(new MediaType("text", "html"), "<b>Gr&uuml;&szlig;e</b>"u8.ToArray())
            .Write();
        var (status, text, _) = await SendAsync(type.ToString(), content);
        Assert.Equal((200, "Grüße"), (status, text));
    }

    [Fact]
    public async Task Message_OfSeveralParts_KeepsAllOfThem()
    {
        var (type, content) = new MultipartWriter("mixed")
            .Add(MediaType.PlainText, "see the picture"u8.ToArray())
            .Add(new MediaType("image", "png"), new byte[] { 1, 2, 3 })
            .Write();
        ChatMessage? message = null;
        var (status, text, _) = await SendAsync(type.ToString(), content, null, m => message = m);
        Assert.Equal((200, "see the picture"), (status, text));
        Assert.Equal("multipart/mixed", message!.ContentType);
        Assert.Equal(content, message.Content.Bytes.ToArray());
    }

    [Fact]
    public async Task Message_OfATypeUnknown_ArrivesAsBytes()
    {
        ChatMessage? message = null;
        var (status, text, _) = await SendAsync("application/x-unknown", [1, 2, 3], null, m => message = m);
        Assert.Equal((200, ""), (status, text));
        Assert.Equal([1, 2, 3], message!.Content.Bytes.ToArray());
    }

    [Theory]
    [InlineData("text/html", null, 415, "Accept")]
    [InlineData("text/plain;charset=koi8-r", null, 415, "Accept")]
    [InlineData("text/plain", "br", 415, "Accept-Encoding")]
    [InlineData("text/plain", "gzip", 400, null)]
    [InlineData("multipart/mixed;boundary=b", null, 400, null)]
    [InlineData("nonsense", null, 400, null)]
    public async Task Message_ThatCannotBeShown_IsRefusedWithItsReason(string type, string? coding, int expected, string? names)
    {
        var (status, _, response) = await SendAsync(type, "hello"u8.ToArray(), coding, accepted: "text/plain");
        Assert.Equal(expected, status);
        Assert.Equal(names == "Accept", response.Headers.Contains(HeaderId.Accept));
        Assert.Equal(names == "Accept-Encoding", response.Headers.Get("Accept-Encoding") is not null);
    }

    [Fact]
    public async Task Message_ThatIsABomb_IsRefused413()
    {
        var (status, _, _) = await SendAsync("text/plain", Compress("gzip", true, new string('x', 5_000_000)), "gzip");
        Assert.Equal(413, status);
    }

    /// <summary>Sends straight to bob's account; the text is null where the message was refused.</summary>
    private static async Task<(int Status, string? Text, SipResponse Response)> SendAsync(
        string type, byte[] body, string? coding = null, Action<ChatMessage>? onReceived = null, string accepted = "*/*")
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob") with { AcceptedTypes = [accepted] });
        var received = bob.ReceiveAsync().GetAsyncEnumerator();
        await using var stack = new SipStack([new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0))], _ => Task.CompletedTask);
        stack.Start();
        var request = new SipRequest(SipMethods.Message, SipUri.Parse("sip:bob@example.com"));
        request.Headers.Add(HeaderId.From, "<sip:alice@example.com>;tag=1");
        request.Headers.Add(HeaderId.To, "<sip:bob@example.com>");
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, "1 MESSAGE");
        request.SetBody(type, body);
        if (coding is not null)
        {
            request.Headers.Add(HeaderId.ContentEncoding, coding);
        }

        var response = await stack.Begin(request, server.Server.Location.Find("bob")[0].Target).FinalResponse.WaitAsync(TimeSpan.FromSeconds(20));
        if (!response.IsSuccess)
        {
            return (response.StatusCode, null, response);
        }

        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        onReceived?.Invoke(received.Current);
        return (response.StatusCode, received.Current.Text, response);
    }

    private static byte[] Compress(string coding, bool framed, string text)
    {
        using var target = new MemoryStream();
        using (Stream stream = coding == "gzip" ? new GZipStream(target, CompressionLevel.Optimal)
            : framed ? new ZLibStream(target, CompressionLevel.Optimal) : new DeflateStream(target, CompressionLevel.Optimal))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return target.ToArray();
    }
}
