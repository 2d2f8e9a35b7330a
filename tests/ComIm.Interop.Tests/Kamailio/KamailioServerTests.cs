using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Kamailio;

/// <summary>The peer itself, by bare sockets: what it demands is what our stack is then tested against.</summary>
public sealed class KamailioServerTests
{
    [SkippableTheory]
    [InlineData(ProtocolType.Udp, "MD5")]
    [InlineData(ProtocolType.Tcp, "MD5")]
    [InlineData(ProtocolType.Udp, "SHA-256")]
    public async Task Register_is_challenged_and_then_accepted(ProtocolType protocol, string algorithm)
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync(new KamailioOptions { Algorithm = algorithm });
        using var alice = await BareClient.ConnectAsync(server, protocol, "alice");

        var challenge = await alice.SendAsync("REGISTER", "sip:example.com");
        Assert.StartsWith("SIP/2.0 401 ", challenge);
        Assert.Matches("WWW-Authenticate: Digest realm=\"example.com\", nonce=\"[^\"]+\", qop=\"auth\"", challenge);
        Assert.Contains("algorithm=" + algorithm, challenge, StringComparison.Ordinal);

        var accepted = await alice.SendAsync("REGISTER", "sip:example.com", challenge, server.Passwords["alice"]);
        Assert.StartsWith("SIP/2.0 200 ", accepted);
    }

    [SkippableFact]
    public async Task A_wrong_password_is_challenged_again()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync();
        using var alice = await BareClient.ConnectAsync(server, ProtocolType.Udp, "alice");

        var challenge = await alice.SendAsync("REGISTER", "sip:example.com");
        Assert.StartsWith("SIP/2.0 401 ", await alice.SendAsync("REGISTER", "sip:example.com", challenge, "wrong"));
    }

    [SkippableTheory]
    [InlineData(ProtocolType.Udp)]
    [InlineData(ProtocolType.Tcp)]
    public async Task A_message_of_an_authenticated_sender_is_routed(ProtocolType protocol)
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        var passwords = new Dictionary<string, string> { ["alice"] = "pass \"quoted\" \\ word", ["bob"] = "b" };
        await using var server = await KamailioServer.StartAsync(new KamailioOptions { Passwords = passwords });
        using var alice = await BareClient.ConnectAsync(server, protocol, "alice");
        using var bob = await BareClient.ConnectAsync(server, protocol, "bob");
        await bob.SendAsync("REGISTER", "sip:example.com", await bob.SendAsync("REGISTER", "sip:example.com"), passwords["bob"]);

        var challenge = await alice.SendAsync("MESSAGE", "sip:bob@example.com");
        Assert.StartsWith("SIP/2.0 407 ", challenge);
        var delivery = alice.SendAsync("MESSAGE", "sip:bob@example.com", challenge, passwords["alice"]);
        Assert.StartsWith("MESSAGE sip:bob@127.0.0.1:", await bob.AnswerAsync());
        Assert.StartsWith("SIP/2.0 200 ", await delivery);
    }

    [SkippableFact]
    public async Task An_unknown_callee_is_not_found()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync();
        using var alice = await BareClient.ConnectAsync(server, ProtocolType.Udp, "alice");

        var challenge = await alice.SendAsync("MESSAGE", "sip:nobody@example.com");
        var answer = await alice.SendAsync("MESSAGE", "sip:nobody@example.com", challenge, server.Passwords["alice"]);
        Assert.StartsWith("SIP/2.0 404 ", answer);
    }

    [SkippableFact]
    public async Task A_disposed_server_is_gone_and_its_port_serves_the_next()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        var first = await KamailioServer.StartAsync();
        await first.DisposeAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(first.EndPoint));

        await using var second = await KamailioServer.StartAsync(new KamailioOptions { Port = first.Port });
        Assert.Equal(first.EndPoint, second.EndPoint);
    }

    /// <summary>Just enough SIP to be a user for one test; no transactions, no retransmissions, one message in a packet.</summary>
    private sealed class BareClient : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
        private readonly Socket _socket;
        private readonly string _user;
        private readonly string _callId = Guid.NewGuid().ToString("N");
        private int _sequence;

        private BareClient(Socket socket, string user)
        {
            _socket = socket;
            _user = user;
        }

        private string Transport => _socket.ProtocolType == ProtocolType.Udp ? "UDP" : "TCP";

        public static async Task<BareClient> ConnectAsync(KamailioServer server, ProtocolType protocol, string user)
        {
            var socket = new Socket(
                AddressFamily.InterNetwork,
                protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream,
                protocol);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            await socket.ConnectAsync(server.EndPoint);
            return new BareClient(socket, user);
        }

        public async Task<string> SendAsync(string method, string uri, string? challenge = null, string? password = null)
        {
            var authorization = challenge is null ? "" : Authorization(method, uri, challenge, password!);
            var to = method == "REGISTER" ? $"sip:{_user}@example.com" : uri;
            await SendAsync($"""
                {method} {uri} SIP/2.0
                Via: SIP/2.0/{Transport} {_socket.LocalEndPoint};branch=z9hG4bK{Guid.NewGuid():N};rport
                Max-Forwards: 70
                From: <sip:{_user}@example.com>;tag={_callId[..8]}
                To: <{to}>
                Call-ID: {_callId}
                CSeq: {++_sequence} {method}
                Contact: <sip:{_user}@{_socket.LocalEndPoint};transport={Transport.ToLowerInvariant()}>
                {authorization}Content-Type: text/plain
                Content-Length: 5

                hello
                """);
            return await ReceiveAsync();
        }

        /// <summary>Takes one request, answers 200 and returns the request.</summary>
        public async Task<string> AnswerAsync()
        {
            var request = await ReceiveAsync();
            var copied = request.Split("\r\n").Where(line => line.Split(':')[0] is "Via" or "From" or "To" or "Call-ID" or "CSeq");
            await SendAsync($"SIP/2.0 200 OK\n{string.Join('\n', copied)}\nContent-Length: 0\n\n");
            return request;
        }

        public void Dispose() => _socket.Dispose();

        private static string Value(string challenge, string name) => challenge.Split(name + "=\"")[1].Split('"')[0];

        private static string Hash(bool sha256, string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5351 // The digest of RFC 3261 is MD5.
            return Convert.ToHexStringLower(sha256 ? SHA256.HashData(bytes) : MD5.HashData(bytes));
#pragma warning restore CA5351
        }

        private string Authorization(string method, string uri, string challenge, string password)
        {
            var sha256 = challenge.Contains("algorithm=SHA-256", StringComparison.Ordinal);
            var header = challenge.StartsWith("SIP/2.0 401", StringComparison.Ordinal) ? "Authorization" : "Proxy-Authorization";
            var nonce = Value(challenge, "nonce");
            var user = Hash(sha256, $"{_user}:example.com:{password}");
            var response = Hash(sha256, $"{user}:{nonce}:00000001:0a4f113b:auth:{Hash(sha256, $"{method}:{uri}")}");
            return $"{header}: Digest username=\"{_user}\", realm=\"example.com\", nonce=\"{nonce}\", uri=\"{uri}\", " +
                $"response=\"{response}\", algorithm={(sha256 ? "SHA-256" : "MD5")}, qop=auth, nc=00000001, cnonce=\"0a4f113b\"\n";
        }

        private async Task SendAsync(string message)
        {
            using var limit = new CancellationTokenSource(Patience);
            await _socket.SendAsync(Encoding.ASCII.GetBytes(message.ReplaceLineEndings("\r\n")), limit.Token);
        }

        private async Task<string> ReceiveAsync()
        {
            using var limit = new CancellationTokenSource(Patience);
            var buffer = new byte[8192];
            string message;
            do
            {
                var length = await _socket.ReceiveAsync(buffer, limit.Token);
                message = Encoding.ASCII.GetString(buffer, 0, length);
            }
            while (message.StartsWith("SIP/2.0 1", StringComparison.Ordinal));
            return message;
        }
    }
}
