using System.Management.Automation;
using ComIm.Client;
using ComIm.Client.Accounts;

namespace ComIm.PowerShell;

/// <summary><c>Connect-ImServer</c>: signs an account in and makes it the default connection.</summary>
[Cmdlet(VerbsCommunications.Connect, "ImServer")]
[OutputType(typeof(ImConnection))]
public sealed class ConnectImServerCommand : AsyncCmdlet
{
    /// <summary>Who signs in.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Who signs in, as sip:alice@example.com; the scheme may be left out.")]
    [Alias("Uri", "SipAddress")]
    [ValidateNotNullOrEmpty]
    public string Address { get; set; } = "";

    /// <summary>User name and password.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "User name and password; Get-Credential and SecretManagement make one.")]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>The server.</summary>
    [Parameter(HelpMessage = "host or host:port of the server, where it is not the domain of the address.")]
    [ValidateNotNullOrEmpty]
    public string? Server { get; set; }

    /// <summary>How the server is reached.</summary>
    [Parameter(HelpMessage = "Udp or Tcp.")]
    public ImTransport Transport { get; set; } = ImTransport.Udp;

    /// <summary>How long signing in may take, in seconds.</summary>
    [Parameter(HelpMessage = "How long signing in may take, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var settings = new ImAccountSettings
        {
            Address = Address,
            UserName = DigestName(Credential.UserName, Address),
            Password = Credential.GetNetworkCredential().Password,
            Server = Server,
            Transport = Transport,
        };
        var connection = new ImConnection(settings);
        try
        {
            Run(connection, (_, cancellationToken) => SignInAsync(connection, settings, cancellationToken));
        }
        catch (ImException e)
        {
            WriteError(ImErrorTable.Record(e, Address));
            return;
        }

        ConnectionTable.Add(connection);
        WriteObject(connection);
    }

    /// <summary>
    /// The name for authentication: people type the whole address into a credential as often as the user part, and
    /// for the former the client takes the user part by itself.
    /// </summary>
    private static string? DigestName(string userName, string address)
    {
        var name = userName.TrimStart('\\');
        return WithoutScheme(name).Equals(WithoutScheme(address), StringComparison.OrdinalIgnoreCase) ? null : name;
    }

    private static string WithoutScheme(string address) =>
        address.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? address[4..] : address;

    private async Task SignInAsync(ImConnection connection, ImAccountSettings settings, CancellationToken stopped)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(TimeoutSec), TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopped, timer.Token);
        try
        {
            await connection.SignInAsync(settings, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !stopped.IsCancellationRequested)
        {
            throw new ImException(
                ImError.Timeout, $"The server did not answer within {TimeoutSec} s: check -Server and -Transport, or raise -TimeoutSec.");
        }
    }
}
