using System.Net;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Authentication;

/// <summary>Challenge, answer and proof between a user agent and a server, over loopback.</summary>
public sealed class UserAgentAuthenticationTests
{
    [Theory]
    [InlineData(DigestAlgorithm.Md5, DigestQop.Auth)]
    [InlineData(DigestAlgorithm.Sha256, DigestQop.AuthInt)]
    [InlineData(DigestAlgorithm.Sha512256, DigestQop.AuthInt)]
    public async Task Send_ServerProvesItself_Succeeds(DigestAlgorithm algorithm, string qop)
    {
        var (outcome, sequence) = await SendAsync(algorithm, qop, "wonderland", proves: true);
        Assert.Null(outcome.Failure);
        Assert.Equal((200, 2u), (outcome.StatusCode, sequence));
    }

    [Fact]
    public async Task Send_ServerGivesNoProof_IsNotBelieved()
    {
        var (outcome, _) = await SendAsync(DigestAlgorithm.Sha256, DigestQop.Auth, "wonderland", proves: false);
        Assert.NotNull(outcome.Failure);
        Assert.Equal(503, outcome.StatusCode);
    }

    [Fact]
    public async Task Send_WrongPassword_IsTriedOnce()
    {
        var (outcome, sequence) = await SendAsync(DigestAlgorithm.Sha256, DigestQop.Auth, "guess", proves: true);
        Assert.Equal((401, 2u), (outcome.StatusCode, sequence));
    }

    private static async Task<(SipOutcome Outcome, uint Sequence)> SendAsync(DigestAlgorithm algorithm, string qop, string password, bool proves)
    {
        var verifier = new DigestVerifier("example.com", TimeProvider.System, new DigestVerifierOptions { Algorithms = [algorithm], Qops = [qop] });
        var serverTransport = new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0));
        await using var server = new SipStack([serverTransport], t => Answer(t, verifier, proves));
        await using var stack = new SipStack([new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0))], _ => Task.CompletedTask);
        server.Start();
        stack.Start();
        var authenticator = new RequestAuthenticator(new SipCredential("alice", password)) { RequiresServerProof = true };
        var agent = new SipUserAgent(stack, new SipTarget(SipTransportKind.Udp, serverTransport.LocalEndPoint), authenticator, "test");
        var request = new SipRequest(SipMethods.Message, SipUri.Parse("sip:bob@example.com"));
        request.Headers.Add(HeaderId.From, "<sip:alice@example.com>;tag=1");
        request.Headers.Add(HeaderId.To, "<sip:bob@example.com>");
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, "1 MESSAGE");
        request.SetBody("text/plain", "hello"u8.ToArray());
        return await agent.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static Task Answer(ServerTransaction transaction, DigestVerifier verifier, bool proves)
    {
        static string? FindPassword(string user) => user == "alice" ? "wonderland" : null;

        var verdict = verifier.Verify(transaction.Request, HeaderId.Authorization, FindPassword, out _);
        var response = transaction.CreateResponse(verdict == DigestVerdict.Valid ? 200 : 401);
        if (verdict != DigestVerdict.Valid)
        {
            verifier.Challenge(response, verdict == DigestVerdict.Stale);
        }
        else if (proves)
        {
            verifier.Confirm(response, transaction.Request, FindPassword);
        }

        transaction.Respond(response);
        return Task.CompletedTask;
    }
}
