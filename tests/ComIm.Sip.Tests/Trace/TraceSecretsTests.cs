using System.Globalization;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.Sip.Trace;
using ComIm.Sip.Transport;
using ComIm.TestKit;
using static ComIm.Sip.Tests.Trace.TraceEntries;

namespace ComIm.Sip.Tests.Trace;

public sealed class TraceSecretsTests
{
    private const string Secret = "5ecRe7";

    [Theory]
    [InlineData("Authorization: Digest username=\"alice\", realm=\"example.com\", nonce=\"5ecRe7\", uri=\"sip:example.com\", response=\"5ecRe7\", cnonce=\"5ecRe7\", opaque=\"5ecRe7\", nc=00000001, qop=auth")]
    [InlineData("Proxy-Authorization: Digest username=\"alice\", realm=\"example.com\", response=\"5ecRe7\"")]
    [InlineData("Authorization : Digest response=\"5ecRe7\"")]
    [InlineData("authorization:\tdIGEST response = \"5ecRe7\"")]
    [InlineData("Authorization: Digest username=\"alice\",\n response=\"5ecRe7\"")]
    [InlineData("Authorization: Digest broken response=\"5ecRe7")]
    [InlineData("Authorization: Basic YWxpY2U6NWVjUmU3, 5ecRe7")]
    [InlineData("Authorization: NTLM gssapi-data=\"5ecRe7\", targetname=\"x\"")]
    [InlineData("Authorization: Kerberos qop=\"auth\", gssapi-data=\"5ecRe7\"")]
    [InlineData("Authorization: X-Custom token=\"5ecRe7\"")]
    [InlineData("Authorization: 5ecRe7")]
    [InlineData("Authorization: 5ecRe7 5ecRe7")]
    [InlineData("Proxy-Authorization: TLS-DSK gssapi-data=\"5ecRe7\"")]
    [InlineData("X-Authorization: Bearer 5ecRe7")]
    [InlineData("Authentication-Info: rspauth=\"5ecRe7\", nextnonce=\"5ecRe7\"")]
    [InlineData("Proxy-Authentication-Info: NTLM rspauth=\"5ecRe7\", srand=\"5ecRe7\"")]
    [InlineData("WWW-Authenticate: NTLM realm=\"example.com\", targetname=\"x\", gssapi-data=\"5ecRe7\"")]
    [InlineData("Proxy-Authenticate: Negotiate 5ecRe7")]
    [InlineData("Contact: <sip:alice:5ecRe7@192.0.2.1>")]
    [InlineData("Refer-To: <sip:bob@example.com?Authorization=Digest%20response%3D%225ecRe7%22&Replaces=1>")]
    [InlineData("Refer-To: <sip:bob@example.com?Proxy-Authorization=5ecRe7>")]
    public void Text_SecretInAHeader_IsBlanked(string header)
    {
        var entry = Sent(Alice, Proxy, 0, Request(header + "\n"));
        AssertNoSecret(entry, Secret);
        Assert.Contains("***", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_PasswordInTheRequestUri_IsBlanked() =>
        AssertNoSecret(Sent(Alice, Proxy, 0, Request("Max-Forwards: 70\n", uri: "sip:bob:5ecRe7@example.com")), Secret);

    [Fact]
    public void Text_MessageInTheBody_IsBlankedToo()
    {
        var body = "MESSAGE sip:bob@example.com SIP/2.0\nAuthorization: Digest\n response=\"5ecRe7\"\nTo: <sip:bob:5ecRe7@example.com>\nSubject: seen\n\nhello";
        var entry = Sent(Alice, Proxy, 0, Request("Content-Type: message/sip\n", body));
        AssertNoSecret(entry, Secret);
        Assert.Contains("Subject: seen", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_DigestCredentials_StillTellHowTheyWereMade()
    {
        var entry = Sent(Alice, Proxy, 0, Request("Authorization: Digest username=\"alice\", realm=\"example.com\", nonce=\"n\", uri=\"sip:example.com\", response=\"r\", algorithm=SHA-256\n"));
        Assert.Contains("Authorization: Digest username=\"alice\", realm=\"example.com\", algorithm=\"SHA-256\", ***\n", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_DigestChallenge_IsShown()
    {
        const string Challenge = "WWW-Authenticate: Digest realm=\"example.com\", nonce=\"abc\", qop=\"auth\"";
        Assert.Contains(Challenge, Received(Proxy, Alice, 0, Response(401, "Unauthorized", Challenge + "\n")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_RealExchange_HoldsNeitherPasswordNorResponse()
    {
        const string Password = "pa55-w0rd-0f-alice";
        var trace = new List<SipTraceEntry>();
        var time = new ManualTimeProvider();
        var wire = new MemoryWire();
        var verifier = new DigestVerifier("example.com", time);
        var server = new SipStack(
            [wire.Attach(5060)],
            transaction =>
            {
                var verdict = verifier.Verify(transaction.Request, HeaderId.Authorization, _ => Password, out _);
                var response = transaction.CreateResponse(verdict == DigestVerdict.Valid ? 200 : 401);
                if (verdict != DigestVerdict.Valid)
                {
                    verifier.Challenge(response, false);
                }

                transaction.Respond(response);
                return Task.CompletedTask;
            },
            new SipStackOptions { TimeProvider = time });
        await using var stopServer = server;
        await using var client = new SipStack([wire.Attach(5070)], _ => Task.CompletedTask, new SipStackOptions { TimeProvider = time, Trace = trace.Add });
        server.Start();
        client.Start();
        var agent = new SipUserAgent(
            client, new SipTarget(SipTransportKind.Udp, new(System.Net.IPAddress.Loopback, 5060)), new RequestAuthenticator(new SipCredential("alice", Password)), "test");
        var request = new SipRequest(SipMethods.Message, SipUri.Parse("sip:bob@example.com"));
        request.Headers.Add(HeaderId.From, "<sip:alice@example.com>;tag=1");
        request.Headers.Add(HeaderId.To, "<sip:bob@example.com>");
        request.Headers.Add(HeaderId.CallId, "1");
        request.Headers.Add(HeaderId.CSeq, "1 MESSAGE");
        var (outcome, _) = await agent.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(200, outcome.StatusCode);

        Assert.Equal(4, trace.Count);
        var sent = (SipRequest)SipParser.ParseDatagram(trace[2].Bytes).Message!;
        Assert.True(AuthenticationParameters.TryParse(sent.Headers.Get(HeaderId.Authorization), out var credentials));
        foreach (var entry in trace)
        {
            AssertNoSecret(entry, Password);
            AssertNoSecret(entry, credentials["response"]!);
            AssertNoSecret(entry, credentials["cnonce"]!);
        }
    }

    private static void AssertNoSecret(SipTraceEntry entry, string secret)
    {
        var all = new SipTraceLadderOptions { HasText = true, HasBodies = true };
        using var written = new StringWriter(CultureInfo.InvariantCulture);
        new SipTraceWriter(written, all).Record(entry);
        string[] shown = [entry.Text, entry.Summary, entry.ToString(), SipTraceLadder.Format([entry], all), SipTraceLadder.FormatLine(entry, Start, all), written.ToString()];
        Assert.All(shown, text => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
    }
}
