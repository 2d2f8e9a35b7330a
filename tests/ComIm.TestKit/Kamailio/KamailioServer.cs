using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ComIm.TestKit;

/// <summary>
/// A real Kamailio on 127.0.0.1 (or another address of loopback), UDP and TCP at one port, TLS at another where it is given a certificate: a registrar and proxy for example.com that asks everybody for
/// digest. It answers requests when <see cref="StartAsync"/> returns, and nothing of it is left when it is disposed.
/// </summary>
public sealed class KamailioServer : IAsyncDisposable
{
    private const int Attempts = 5;
    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly GuardedProcess _process;
    private readonly string _folder;

    private KamailioServer(GuardedProcess process, string folder, int port, int? tlsPort, KamailioOptions options)
    {
        TlsEndPoint = tlsPort is { } tls ? new IPEndPoint(options.Address, tls) : null;
        _process = process;
        _folder = folder;
        EndPoint = new IPEndPoint(options.Address, port);
        Passwords = options.Passwords;
    }

    /// <summary>The domain and the realm of its users.</summary>
    public static string Domain => "example.com";

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Where it listens for TLS; null where it has no certificate.</summary>
    public IPEndPoint? TlsEndPoint { get; }

    /// <summary>Its port, for UDP and for TCP.</summary>
    public int Port => EndPoint.Port;

    /// <summary>User names and their passwords.</summary>
    public IReadOnlyDictionary<string, string> Passwords { get; }

    /// <summary>What it logged so far; print it when a test fails.</summary>
    public string Log => _process.Output;

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<KamailioServer> StartAsync(KamailioOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new KamailioOptions();
        for (var attempt = 1; ; attempt++)
        {
            var server = Launch(options, options.Port ?? FreePort.UdpAndTcp());
            try
            {
                await server.UntilReadyAsync(cancellationToken).ConfigureAwait(false);
                return server;
            }
            catch (Exception e)
            {
                await server.DisposeAsync().ConfigureAwait(false);
                var portWasTaken = server.Log.Contains("Address already in use", StringComparison.Ordinal);
                if (portWasTaken && options.Port is null && attempt < Attempts)
                {
                    continue;
                }

                if (e is OperationCanceledException && cancellationToken.IsCancellationRequested)
                {
                    throw;
                }

                throw new InvalidOperationException($"Kamailio did not start: {e.Message}\n{server.Log}", e);
            }
        }
    }

    /// <summary>Waits until a node with a twin knows where somebody is.</summary>
    public Task UntilKnownAsync(string user, CancellationToken cancellationToken = default) =>
        SipProbe.UntilFoundAsync(EndPoint, $"sip:{user}@{Domain}", cancellationToken).WaitAsync(StartLimit, cancellationToken);

    /// <summary>Kills it, all its processes included.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }

    private static KamailioServer Launch(KamailioOptions options, int port)
    {
        var binary = Requires.Find("kamailio") ?? throw new InvalidOperationException("Kamailio is not installed.");
        var folder = Directory.CreateTempSubdirectory("comim-kamailio-").FullName;
        var config = Path.Combine(folder, "kamailio.cfg");
        int? tlsPort = options.Certificate is null ? null : FreePort.Tcp();
        File.WriteAllText(config, Render(options, folder, port, tlsPort));
        if (options.HasPresence)
        {
            CopyTables(Path.Combine(folder, "tables"));
        }

        if (options.KeepsMessages)
        {
            KamailioStore.Create(Path.Combine(folder, "store.db"));
        }

        if (options.Certificate is { } certificate)
        {
            using var key = certificate.GetECDsaPrivateKey()!;
            File.WriteAllText(Path.Combine(folder, "certificate.pem"), certificate.ExportCertificatePem());
            File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        }

        // -DD: no daemon, children yet; -E: the log to standard error; -Y: nothing in /run.

        // Each password is a statement of its configuration.
        var privateMegabytes = 8 + (options.Passwords.Count / 100);
        var process = GuardedProcess.Start(
            binary,
            ["-f", config, "-DD", "-E", "-m", Text(options.SharedMegabytes), "-M", Text(privateMegabytes), "-Y", folder],
            folder);
        return new KamailioServer(process, folder, port, tlsPort, options);
    }

    /// <summary>The empty tables that the package brings.</summary>
    private static void CopyTables(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var table in new[] { "version", "presentity", "active_watchers", "watchers", "xcap" })
        {
            File.Copy(Path.Combine("/usr/share/kamailio/dbtext/kamailio", table), Path.Combine(folder, table));
        }
    }

    private static string Render(KamailioOptions options, string folder, int port, int? tlsPort)
    {
        using var stream = typeof(KamailioServer).Assembly.GetManifestResourceStream("kamailio.cfg.in")!;
        using var reader = new StreamReader(stream);
        var passwords = options.Passwords.Select(user => $"    $sht(password=>{user.Key}) = \"{Escape(user.Value)}\";");
        return reader.ReadToEnd()
            .Replace("@PORT@", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@FOLDER@", folder, StringComparison.Ordinal)
            .Replace("@TLS@", tlsPort is null ? "" : "#!define WITH_TLS", StringComparison.Ordinal)
            .Replace("@TLSPORT@", tlsPort?.ToString(CultureInfo.InvariantCulture) ?? "", StringComparison.Ordinal)
            .Replace("@PRESENCE@", options.HasPresence ? "#!define WITH_PRESENCE" : "", StringComparison.Ordinal)
            .Replace("@CATEGORIES@", options.HasEventCategories ? "#!define WITH_CATEGORIES" : "", StringComparison.Ordinal)
            .Replace("@STORE@", options.KeepsMessages ? "#!define WITH_STORE" : "", StringComparison.Ordinal)
            .Replace("@TWIN@", options.Twin is null ? "" : "#!define WITH_TWIN", StringComparison.Ordinal)
            .Replace("@TWINADDRESS@", options.Twin?.ToString() ?? "", StringComparison.Ordinal)
            .Replace("@ADDRESS@", options.Address.ToString(), StringComparison.Ordinal)

            // Two workers would hand over in any order what is kept.
            .Replace("@CHILDREN@", options.KeepsMessages ? "1" : "2", StringComparison.Ordinal)
            .Replace("@DIGEST@", options.RequiresDigest ? "#!define WITH_DIGEST" : "", StringComparison.Ordinal)
            .Replace("@DOMAIN@", Domain, StringComparison.Ordinal)
            .Replace("@ALGORITHM@", options.Algorithm, StringComparison.Ordinal)
            .Replace("@PASSWORDS@", string.Join('\n', passwords), StringComparison.Ordinal);
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var answered = SipProbe.UntilAnsweredAsync(EndPoint, either.Token);
        if (await Task.WhenAny(answered, _process.Exited).ConfigureAwait(false) == _process.Exited)
        {
            await either.CancelAsync().ConfigureAwait(false);
            var code = await _process.Exited.ConfigureAwait(false);
            throw new InvalidOperationException($"it ended with code {code}.");
        }

        await answered.ConfigureAwait(false);
    }
}
