using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.Sip.UserAgentServer;

namespace ComIm.Sip.Tests.Conformance;

/// <summary>Every message of RFC 4475 and RFC 5118 sent to an endpoint: it answers what the RFC says, and goes on.</summary>
public sealed class EndpointVectorTests
{
    private static readonly UasCapabilities Capabilities = new()
    {
        Methods = [SipMethods.Invite, SipMethods.Message, SipMethods.Options, SipMethods.Bye],
        MediaTypes = ["application/sdp", "text/plain", "multipart/mixed"],
        AnswerTypes = ["application/sdp"],
    };

    public static TheoryData<string, string> Vectors => ElementVectors.All();

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Datagram_ToAnEndpoint_IsAnsweredAsTheRfcSays(string table, string file)
    {
        var vector = ElementVectors.Parse(table, file);
        await using var udp = new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0));
        await using var stack = new SipStack([udp], AnswerAsync);
        stack.Start();
        using var peer = new DatagramPeer(udp.LocalEndPoint, ElementVectors.ReplyPort(vector));
        var isRequest = vector.Message is SipRequest;
        var answers = await peer.SendAsync(VectorTable.Bytes(table, file), isRequest);
        if (!isRequest)
        {
            Assert.Empty(answers);
            return;
        }

        var answer = Assert.Single(answers, a => !a.IsProvisional);
        Assert.Contains(answer.StatusCode, Expected(table, file, (SipRequest)vector.Message!));
        CheckRefusal(answer, VectorTable.Row(table, file));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Stream_ToAnEndpoint_IsAnsweredAsTheRfcSays(string table, string file)
    {
        var bytes = VectorTable.Bytes(table, file);
        var isWhole = StreamPeer.IsWhole(bytes, out var first);
        await using var tcp = new TcpTransport(new IPEndPoint(IPAddress.Loopback, 0));
        await using var stack = new SipStack([tcp], AnswerAsync);
        stack.Start();
        using (var peer = await StreamPeer.ConnectAsync(tcp.LocalEndPoint))
        {
            await peer.SendAsync(bytes);
            if (first.Message is SipRequest request)
            {
                // A rest that is no message may close the connection before the answer is there.
                var answer = await peer.AnswerAsync(request.CallId);
                Assert.True(answer is not null || !isWhole);
                if (answer is not null)
                {
                    Assert.Contains(answer.StatusCode, first.Rejection == SipRejection.InvalidContentLength ? [400] : Expected(table, file, request));
                }
            }

            if (isWhole)
            {
                // What was refused for its content costs nobody the connection.
                Assert.Equal(405, await peer.ProbeAsync());
            }
        }

        // What has no end, or left a rest that is no message, costs the connection at most.
        using var next = await StreamPeer.ConnectAsync(tcp.LocalEndPoint);
        Assert.Equal(405, await next.ProbeAsync());
    }

    private static int[] Expected(string table, string file, SipRequest request)
    {
        var row = VectorTable.Row(table, file);
        var codes = ElementVectors.Codes(row, "status");
        if (request.Method == SipMethods.Register && row["layer"] != "parse")
        {
            // This endpoint is no registrar, and sees no further.
            return [405];
        }

        // What may be refused may be taken, and what an accept row names is for an element without the method.
        return row["verdict"] == "accept" ? (codes.Contains(501) ? [501] : [200])
            : row["layer"] == "lazy" ? [200]
            : row["force"] == "may" ? [.. codes, 200] : codes;
    }

    // A refusal says how it can be mended.
    private static void CheckRefusal(SipResponse answer, IReadOnlyDictionary<string, string> row)
    {
        var header = answer.StatusCode switch
        {
            405 or 501 => HeaderId.Allow,
            406 => HeaderId.Warning,
            415 => HeaderId.Accept,
            420 => HeaderId.Unsupported,
            _ => HeaderId.Other,
        };
        Assert.True(header == HeaderId.Other || answer.Headers.Get(header) is { Length: > 0 }, $"{answer}");
        if (VectorTable.Facts(row).FirstOrDefault(f => f.Key == "unsupported").Value is { } unsupported)
        {
            Assert.Equal(unsupported.Replace("|", ", "), answer.Headers.Get(HeaderId.Unsupported));
        }
    }

    private static Task AnswerAsync(ServerTransaction transaction)
    {
        if (RequestInspection.AsUserAgentServer(transaction.Request, Capabilities) is { } refusal)
        {
            refusal.Answer(transaction);
        }
        else
        {
            transaction.Respond(200);
        }

        return Task.CompletedTask;
    }
}
