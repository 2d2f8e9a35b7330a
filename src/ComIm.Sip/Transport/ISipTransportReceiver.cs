using System.Net;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>Gets what a transport receives.</summary>
public interface ISipTransportReceiver
{
    /// <summary>A message, or bytes that were to be one, came in.</summary>
    /// <param name="transport">Over which transport.</param>
    /// <param name="remote">From whom.</param>
    /// <param name="result">The message, or what is wrong with it.</param>
    void OnReceived(ISipTransport transport, IPEndPoint remote, SipParseResult result);

    /// <summary>A connection was lost, or the network reported a port as unreachable.</summary>
    /// <param name="transport">Over which transport.</param>
    /// <param name="remote">Which peer; null where the system does not say.</param>
    /// <param name="cause">What happened.</param>
    void OnFailed(ISipTransport transport, IPEndPoint? remote, SipTransportException cause);
}
