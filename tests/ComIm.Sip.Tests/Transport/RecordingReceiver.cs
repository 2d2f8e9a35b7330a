using System.Net;
using System.Threading.Channels;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Transport;

/// <summary>Notes what a transport hands over, for a test to await.</summary>
internal sealed class RecordingReceiver : ISipTransportReceiver
{
    private readonly Channel<(IPEndPoint Remote, SipParseResult Result)> _received = Channel.CreateUnbounded<(IPEndPoint, SipParseResult)>();
    private readonly Channel<(IPEndPoint? Remote, SipTransportException Cause)> _failed = Channel.CreateUnbounded<(IPEndPoint?, SipTransportException)>();

    public int ReceivedCount => _received.Reader.Count;

    public int FailedCount => _failed.Reader.Count;

    public void OnReceived(ISipTransport transport, IPEndPoint remote, SipParseResult result) => _received.Writer.TryWrite((remote, result));

    public void OnFailed(ISipTransport transport, IPEndPoint? remote, SipTransportException cause) => _failed.Writer.TryWrite((remote, cause));

    public Task<(IPEndPoint Remote, SipParseResult Result)> NextAsync() =>
        _received.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public Task<(IPEndPoint? Remote, SipTransportException Cause)> NextFailureAsync() =>
        _failed.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
