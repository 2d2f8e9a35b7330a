using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Conformance;

/// <summary>
/// Sends bytes as they are to an element, and takes what comes back to where Via says. Vectors name a fixed port there (5060 or
/// one of their own), so each peer has an address of its own in 127.0.0.0/8.
/// </summary>
internal sealed class DatagramPeer : IDisposable
{
    private static int _addresses;

    private readonly UdpClient _socket;
    private readonly IPEndPoint _element;
    private int _probes;

    public DatagramPeer(IPEndPoint element, int port)
    {
        _element = element;
        var n = Interlocked.Increment(ref _addresses);
        var address = new IPAddress([127, (byte)(50 + (Environment.ProcessId % 150)), (byte)(n / 250), (byte)(1 + (n % 250))]);
        _socket = new UdpClient(new IPEndPoint(address, port));
    }

    /// <summary>Sends, and then a good request: all that came back until the good one was answered, which it always has to be.</summary>
    public async Task<List<SipResponse>> SendAsync(byte[] bytes, bool isAnswered)
    {
        await _socket.SendAsync(bytes, _element);
        var answers = new List<SipResponse>();
        while (isAnswered && !answers.Exists(a => !a.IsProvisional))
        {
            answers.Add(await ReceiveAsync());
        }

        var callId = $"probe-{++_probes}";
        await _socket.SendAsync(Probe(callId), _element);
        while (await ReceiveAsync() is var answer && answer.CallId != callId)
        {
            answers.Add(answer);
        }

        return answers;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<SipResponse> ReceiveAsync()
    {
        var received = await _socket.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return Assert.IsType<SipResponse>(SipParser.ParseDatagram(received.Buffer).Message);
    }

    private byte[] Probe(string callId) => System.Text.Encoding.ASCII.GetBytes($"""
        OPTIONS sip:example.com SIP/2.0
        Via: SIP/2.0/UDP {_socket.Client.LocalEndPoint};rport;branch=z9hG4bK-{callId}
        Max-Forwards: 70
        From: <sip:alice@example.com>;tag=a
        To: <sip:example.com>
        Call-ID: {callId}
        CSeq: 1 OPTIONS
        Content-Length: 0


        """.ReplaceLineEndings("\r\n"));
}
