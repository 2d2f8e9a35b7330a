using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Baresip;

/// <summary>
/// Somebody with baresip, signed in when <see cref="StartAsync"/> returns. Its one contact is alice. It is driven through its control
/// port, and read on its console port: the one shows no messages, the other takes no Unicode.
/// </summary>
internal sealed class BaresipPeer : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly GuardedProcess _process;
    private readonly string _folder;
    private readonly TcpClient _control = new();
    private readonly TcpClient _console = new();
    private readonly List<byte> _bytes = [];
    private string _shown = string.Empty;

    private BaresipPeer(GuardedProcess process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    public static bool IsInstalled(out string reason) => Requires.Tool("baresip", out reason);

    /// <summary>Signs somebody in.</summary>
    /// <param name="user">With the password that everybody has: secret- and the name.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="server">Where the server listens for the transport.</param>
    /// <param name="transport">udp, tcp or tls.</param>
    /// <param name="roots">Whom it trusts over TLS.</param>
    /// <param name="hasPresence">Whether it tells its presence and follows alice's.</param>
    public static async Task<BaresipPeer> StartAsync(
        string user, string domain, IPEndPoint server, string transport, X509Certificate2Collection? roots = null, bool hasPresence = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (control, console) = (FreePort.Tcp(), FreePort.Tcp());
            var folder = Directory.CreateTempSubdirectory("comim-baresip-").FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "config"), ConfigOf(control, console) + (hasPresence ? "module_app presence.so\n" : "") + await TrustAsync(folder, roots));
            await File.WriteAllTextAsync(Path.Combine(folder, "contacts"), $"\"alice\" <sip:alice@{domain}>;presence={(hasPresence ? "p2p" : "none")}\n");
            await File.WriteAllTextAsync(
                Path.Combine(folder, "accounts"),
                $"<sip:{user}@{domain}>;auth_user={user};auth_pass=secret-{user};outbound=\"sip:{server};transport={transport}\";regint=600\n");

            // It would keep its lines for itself until there are many. -s: it writes down the messages, too.
            var peer = new BaresipPeer(GuardedProcess.Start("stdbuf", ["-oL", Requires.Find("baresip")!, "-4", "-s", "-f", folder], folder), folder);
            try
            {
                await peer._process.UntilOutputAsync(new Regex(@"\} 200 OK")).WaitAsync(Guard);
                await peer._control.ConnectAsync(IPAddress.Loopback, control);
                await peer._console.ConnectAsync(IPAddress.Loopback, console);

                // Who has written a line to the console is shown what happens.
                await peer._console.GetStream().WriteAsync("/contacts\n"u8.ToArray());
                await peer.UntilAsync("Contacts");
                return peer;
            }
            catch (Exception e)
            {
                await peer.DisposeAsync();
                if (e is not (InvalidOperationException or SocketException or IOException) || attempt == Attempts)
                {
                    throw;
                }

                // Somebody took a port between.
            }
        }
    }

    /// <summary>Waits until it has shown something.</summary>
    public Task UntilAsync(string text) => ReadAsync(() => _shown.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until its list of contacts says so: it announces no change.</summary>
    public async Task UntilContactIsAsync(string status)
    {
        using var limit = new CancellationTokenSource(Guard);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var line = new Regex($"{status}.*alice");
        while (!line.IsMatch(_shown))
        {
            await look.WaitForNextTickAsync(limit.Token);
            var before = _shown.Length;
            await _console.GetStream().WriteAsync("/contacts\n"u8.ToArray(), limit.Token);
            await ReadAsync(() => _shown.LastIndexOf("alice", StringComparison.Ordinal) > before);
        }
    }

    /// <summary>Writes to alice.</summary>
    public Task SayAsync(string text) => DoAsync("message", text);

    /// <summary>Has it do something.</summary>
    public async Task DoAsync(string verb, string text = "")
    {
        // A netstring of JSON: the one form that its control port takes.
        var command = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { command = verb, @params = text }, Json));
        await _control.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(command.Length + ":"), .. command, (byte)',']).AsTask().WaitAsync(Guard);
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _console.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReadAsync(Func<bool> isShown)
    {
        var buffer = new byte[16 * 1024];
        using var limit = new CancellationTokenSource(Guard);
        while (!isShown())
        {
            var count = await _console.GetStream().ReadAsync(buffer, limit.Token);
            Assert.True(count > 0, "The console has ended:\n" + _shown);

            // A letter may come in two reads.
            _bytes.AddRange(buffer.AsSpan(0, count));
            _shown = Encoding.UTF8.GetString([.. _bytes]);
        }
    }

    private static async Task<string> TrustAsync(string folder, X509Certificate2Collection? roots)
    {
        if (roots is null)
        {
            return string.Empty;
        }

        var file = Path.Combine(folder, "roots.pem");
        await File.WriteAllTextAsync(file, roots.ExportCertificatePems());
        return $"sip_cafile {file}\n";
    }

    private static string ConfigOf(int control, int console) => $"""
        poll_method epoll
        sip_listen 127.0.0.1:0
        net_interface 127.0.0.1
        module_path {ModulePath()}
        module account.so
        module contact.so
        module menu.so
        module ctrl_tcp.so
        module cons.so
        module g711.so
        ctrl_tcp_listen 127.0.0.1:{control}
        cons_listen 127.0.0.1:{console}

        """;

    private static string ModulePath() => new[] { "/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules" }.First(Directory.Exists);
}
