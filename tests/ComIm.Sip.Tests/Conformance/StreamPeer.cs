using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Conformance;

/// <summary>Sends bytes as they are over a connection, and takes what comes back over it.</summary>
internal sealed class StreamPeer : IDisposable
{
    private const string ProbeId = "probe";

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly SipStreamFramer _framer = new();
    private readonly byte[] _buffer = new byte[4096];

    /// <summary>Whether bytes end with a message's end, so that a good request behind them is found; and the first message.</summary>
    public static bool IsWhole(byte[] bytes, out SipParseResult first)
    {
        var framer = new SipStreamFramer();
        framer.Feed(bytes);
        framer.TryRead(out first);
        while (framer.TryRead(out _))
        {
        }

        framer.Feed(Probe());
        return framer.TryRead(out var probe) && probe.Message?.CallId == ProbeId;
    }

    public static async Task<StreamPeer> ConnectAsync(IPEndPoint element)
    {
        var peer = new StreamPeer();
        await peer._socket.ConnectAsync(element).WaitAsync(TimeSpan.FromSeconds(20));
        return peer;
    }

    public Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes);

    /// <summary>The final answer to a request, by its Call-ID (null stands for any); null where the connection was closed before.</summary>
    public async Task<SipResponse?> AnswerAsync(string? callId)
    {
        while (true)
        {
            while (_framer.TryRead(out var result))
            {
                var response = Assert.IsType<SipResponse>(result.Message);
                if (!response.IsProvisional && (callId is null || response.CallId == callId))
                {
                    return response;
                }
            }

            var count = await _socket.ReceiveAsync(_buffer).WaitAsync(TimeSpan.FromSeconds(20));
            if (count == 0)
            {
                return null;
            }

            _framer.Feed(_buffer.AsSpan(0, count));
        }
    }

    /// <summary>The status of a good REGISTER.</summary>
    public async Task<int> ProbeAsync()
    {
        await SendAsync(Probe());
        return (await AnswerAsync(ProbeId))!.StatusCode;
    }

    public void Dispose() => _socket.Dispose();

    // A branch of its own each time: another connection does not make it another transaction.
    private static byte[] Probe() => Encoding.ASCII.GetBytes($"""
        REGISTER sip:example.com SIP/2.0
        Via: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK-{Guid.NewGuid():N}
        Max-Forwards: 70
        From: <sip:alice@example.com>;tag=a
        To: <sip:alice@example.com>
        Call-ID: {ProbeId}
        CSeq: 1 REGISTER
        Content-Length: 0


        """.ReplaceLineEndings("\r\n"));
}
