using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ComIm.Server;
using ComIm.Server.Storage;

namespace ComIm.PowerShell;

/// <summary><c>Start-ImServer</c>: starts the embedded SIP server in this process.</summary>
[Cmdlet(VerbsLifecycle.Start, "ImServer", SupportsShouldProcess = true, DefaultParameterSetName = "Credential")]
[OutputType(typeof(ImServer))]
public sealed class StartImServerCommand : AsyncCmdlet
{
    private readonly List<PSCredential> _credentials = [];

    /// <summary>The domain.</summary>
    [Parameter(Position = 0, HelpMessage = "The domain whose users are served.")]
    [ValidateNotNullOrEmpty]
    public string Domain { get; set; } = "example.com";

    /// <summary>The users.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Credential", ValueFromPipeline = true,
        HelpMessage = "The users with their passwords: alice, or alice@example.com.")]
    [ValidateNotNullOrEmpty]
    public PSCredential[] Credential { get; set; } = [];

    /// <summary>A file of users.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "File",
        HelpMessage = "A file of users, a line each: name:password. Lines that begin with # are passed over.")]
    [ValidateNotNullOrEmpty]
    public string UserFile { get; set; } = "";

    /// <summary>Where it listens.</summary>
    [Parameter(HelpMessage = "The address to listen on; the loopback address where none is named.")]
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>The port.</summary>
    [Parameter(HelpMessage = "The port for UDP and TCP; 0 takes a free one.")]
    [ValidateRange(0, 65535)]
    public int Port { get; set; } = 5060;

    /// <summary>The certificate for TLS.</summary>
    [Parameter(HelpMessage = "The certificate with its private key; with it the server also listens for TLS, on the next port.")]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Where messages wait for those who are away.</summary>
    [Parameter(HelpMessage = "The file in which messages wait for those who are away; without it such a message fails.")]
    [ValidateNotNullOrEmpty]
    public string? StorePath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _credentials.AddRange(Credential);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!ShouldProcess($"{Address}:{Port}", $"Serve {Domain}"))
        {
            return;
        }

        try
        {
            var options = new ImServerOptions
            {
                Domain = Domain,
                EndPoint = new IPEndPoint(Address, Port),
                Users = ReadUsers(),
                Certificate = Certificate,
                Store = StorePath is null ? null : new MessageStoreOptions { Path = FullPath(StorePath) },
            };
            Run(null, async (writer, stopped) =>
            {
                var server = await ImServer.StartAsync(options, stopped).ConfigureAwait(false);
                ServerTable.Add(server);
                writer.Output(server);
            });
        }
        catch (SocketException e)
        {
            ThrowTerminatingError(new ErrorRecord(
                new IOException($"{Address}:{Port} cannot be listened on: {e.Message}. Choose another -Port; 0 takes a free one.", e),
                "ImPortTaken", ErrorCategory.ResourceBusy, Port));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            ThrowTerminatingError(new ErrorRecord(e, "ImServerFile", ErrorCategory.OpenError, StorePath ?? UserFile));
        }
    }

    private string FullPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    private UserList ReadUsers() => new(ParameterSetName == "File"
        ? File.ReadAllLines(FullPath(UserFile))
        : _credentials.Select(credential => $"{NameOf(credential)}:{credential.GetNetworkCredential().Password}"));

    /// <summary>The user part: people write whole addresses into credentials as well.</summary>
    private static string NameOf(PSCredential credential) =>
        AddressPattern.WithoutScheme(credential.UserName.TrimStart('\\')).Split('@')[0];
}
