using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Linphone;

/// <summary>Somebody with Linphone: the driver of peer.c, compiled once, signed in when <see cref="StartAsync"/> returns.</summary>
internal sealed class LinphonePeer : IAsyncDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);
    private static readonly Lazy<Task<string>> Driver = new(CompileAsync);

    private readonly GuardedProcess _process;
    private readonly string _folder;

    private LinphonePeer(GuardedProcess process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Whether it can be built here.</summary>
    public static bool IsInstalled(out string reason)
    {
        var hasLibrary = File.Exists("/usr/include/linphone/core.h");
        if (!Requires.Tool("gcc", out reason) || !hasLibrary)
        {
            return hasLibrary ? false : Requires.Tool("liblinphone-dev", out reason);
        }

        return true;
    }

    /// <summary>Signs somebody in.</summary>
    /// <param name="user">With the password that everybody has: secret- and the name.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="server">Where the server listens for the transport.</param>
    /// <param name="transport">udp, tcp or tls.</param>
    /// <param name="roots">Whom it trusts over TLS.</param>
    /// <param name="asksForReceipts">Whether it wraps its messages to ask for receipts.</param>
    public static async Task<LinphonePeer> StartAsync(
        string user, string domain, IPEndPoint server, string transport, X509Certificate2Collection? roots = null, bool asksForReceipts = false)
    {
        var driver = await Driver.Value;
        var folder = Directory.CreateTempSubdirectory("comim-linphone-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "linphonerc"), ConfigurationIn(folder));
        await File.WriteAllTextAsync(Path.Combine(folder, "roots.pem"), (roots ?? []).ExportCertificatePems());
        var environment = new Dictionary<string, string?> { ["HOME"] = folder, ["XDG_DATA_HOME"] = folder, ["XDG_CONFIG_HOME"] = folder };

        // Its TLS knows certificates by names alone.
        var place = transport == "tls" ? $"localhost:{server.Port}" : server.ToString();
        string[] arguments = [folder, user, "secret-" + user, domain, place, transport, .. asksForReceipts ? new[] { "cpim" } : []];
        var process = GuardedProcess.Start(driver, arguments, folder, environment);
        var peer = new LinphonePeer(process, folder);
        try
        {
            await peer.UntilAsync("registration LinphoneRegistrationOk");
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a line, and gives its groups.</summary>
    public async Task<Match> UntilAsync(string pattern)
    {
        try
        {
            return await _process.UntilOutputAsync(new Regex("^" + pattern + "$", RegexOptions.Multiline)).WaitAsync(Guard);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Linphone did not say '{pattern}':\n{_process.Output}");
        }
    }

    /// <summary>Has it do something.</summary>
    public Task DoAsync(string command) => File.AppendAllTextAsync(Path.Combine(_folder, "commands"), command + "\n");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string ConfigurationIn(string folder) => $"""
        [sip]
        bind_address=127.0.0.1
        sip_port=-1
        sip_tcp_port=-1
        sip_tls_port=-1
        use_ipv6=0
        root_ca={folder}/roots.pem
        verify_server_certs=1
        verify_server_cn=1
        """;

    private static async Task<string> CompileAsync()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Linphone", "peer.c");
        var driver = Path.ChangeExtension(source, null);
        await using var compiler = GuardedProcess.Start(
            Requires.Find("gcc")!, ["-O1", "-o", driver, source, "-llinphone", "-lbctoolbox", "-lmediastreamer", "-lortp", "-lbellesip"]);
        return await compiler.Exited.WaitAsync(TimeSpan.FromMinutes(2)) == 0 ? driver : throw new InvalidOperationException("The driver does not compile:\n" + compiler.Output);
    }
}
