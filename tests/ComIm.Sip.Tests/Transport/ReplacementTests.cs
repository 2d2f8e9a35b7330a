using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport;

/// <summary>Transports that take the place of others, as where this host's address has changed.</summary>
public sealed class ReplacementTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Replace_WhileARequestWaits_FailsItAtOnce()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var local = new IPEndPoint(IPAddress.Loopback, 0);
        await using var stack = new SipStack([new TcpTransport(local)], _ => Task.CompletedTask, new SipStackOptions { TimeProvider = new ManualTimeProvider() });
        stack.Start();
        var transaction = stack.Begin(TestMessages.Message("waits"), new SipTarget(SipTransportKind.Tcp, (IPEndPoint)silent.LocalEndpoint));
        using var peer = await silent.AcceptTcpClientAsync().WaitAsync(Guard);
        await peer.GetStream().ReadExactlyAsync(new byte[1]).AsTask().WaitAsync(Guard);
        Assert.False(transaction.FinalResponse.IsCompleted);

        await stack.ReplaceAsync([new TcpTransport(local)]);

        Assert.Equal(503, (await transaction.FinalResponse.WaitAsync(Guard)).StatusCode);
        Assert.Equal(SipTransportFault.ConnectionLost, transaction.FailureCause!.Fault);
    }
}
