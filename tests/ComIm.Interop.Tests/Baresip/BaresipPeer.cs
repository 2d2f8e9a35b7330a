using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Baresip;

/// <summary>Somebody with baresip, signed in when <see cref="StartAsync"/> returns. Its one contact is alice; it is driven through its control port.</summary>
internal sealed class BaresipPeer : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly GuardedProcess _process;
    private readonly string _folder;
    private readonly TcpClient _control = new();

    private BaresipPeer(GuardedProcess process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    public static bool IsInstalled(out string reason) => Requires.Tool("baresip", out reason);

    public static async Task<BaresipPeer> StartAsync(string user, string domain, IPEndPoint server, string transport)
    {
        for (var attempt = 1; ; attempt++)
        {
            var control = FreePort.Tcp();
            var folder = Directory.CreateTempSubdirectory("comim-baresip-").FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "config"), ConfigOf(control));
            await File.WriteAllTextAsync(Path.Combine(folder, "contacts"), $"\"alice\" <sip:alice@{domain}>\n");
            await File.WriteAllTextAsync(
                Path.Combine(folder, "accounts"),
                $"<sip:{user}@{domain}>;auth_user={user};auth_pass=secret-{user};outbound=\"sip:{server};transport={transport}\";regint=600\n");
            var peer = new BaresipPeer(GuardedProcess.Start(Requires.Find("baresip")!, ["-4", "-f", folder], folder), folder);
            try
            {
                await peer.UntilAsync("200 OK");
                await peer._control.ConnectAsync(IPAddress.Loopback, control);
                return peer;
            }
            catch (Exception e) when (e is InvalidOperationException or SocketException && attempt < Attempts)
            {
                // Somebody took the control port between.
                await peer.DisposeAsync();
            }
        }
    }

    /// <summary>Waits for something in its output.</summary>
    public async Task<Match> UntilAsync(string pattern) => await _process.UntilOutputAsync(new Regex(pattern)).WaitAsync(Guard);

    /// <summary>Writes to alice.</summary>
    public async Task SayAsync(string text)
    {
        // A netstring of JSON: the one form that its control port takes.
        var command = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { command = "message", @params = text }, Json));
        await _control.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(command.Length + ":"), .. command, (byte)',']).AsTask().WaitAsync(Guard);
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string ConfigOf(int control) => $"""
        poll_method epoll
        sip_listen 127.0.0.1:0
        net_interface 127.0.0.1
        module_path {ModulePath()}
        module account.so
        module contact.so
        module menu.so
        module ctrl_tcp.so
        module g711.so
        ctrl_tcp_listen 127.0.0.1:{control}

        """;

    private static string ModulePath() => new[] { "/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules" }.First(Directory.Exists);
}
