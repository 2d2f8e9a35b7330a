using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Diagnostics;

namespace ComIm.PowerShell;

/// <summary><c>Test-ImServer</c>: says step by step why an account cannot sign in, and what to do.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ImServer", DefaultParameterSetName = "Server")]
[OutputType(typeof(DiagnosisStep), typeof(bool))]
public sealed class TestImServerCommand : AsyncCmdlet
{
    private const string ServerHelp = "host or host:port of the server, where it is not the domain of the address.";

    /// <summary>Who would sign in.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Address", ValueFromPipelineByPropertyName = true,
        HelpMessage = "Who would sign in, as sip:alice@example.com; the scheme may be left out.")]
    [Alias("Uri", "SipAddress")]
    [ValidateNotNullOrEmpty]
    public string Address { get; set; } = "";

    /// <summary>User name and password.</summary>
    [Parameter(Position = 1, ParameterSetName = "Address",
        HelpMessage = "User name and password; without them everything but the sign-in itself is tried.")]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>The server.</summary>
    [Parameter(ParameterSetName = "Address", ValueFromPipelineByPropertyName = true, HelpMessage = ServerHelp)]
    [Parameter(Mandatory = true, ParameterSetName = "Server", ValueFromPipelineByPropertyName = true, HelpMessage = ServerHelp)]
    [ValidateNotNullOrEmpty]
    public string? Server { get; set; }

    /// <summary>How the server is reached.</summary>
    [Parameter(HelpMessage = "Udp, Tcp, Tls, or Auto: what the server offers, TLS before all.")]
    public ImTransport Transport { get; set; } = ImTransport.Auto;

    /// <summary>The authorities that are trusted.</summary>
    [Parameter(HelpMessage = "The certificates of the authorities to trust instead of the system's, for Tls and a private authority.")]
    [ValidateNotNullOrEmpty]
    public X509Certificate2[]? TrustedRoot { get; set; }

    /// <summary>How long each step may take, in seconds.</summary>
    [Parameter(HelpMessage = "How long each step may take, in seconds.")]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>Whether only the verdict is wanted.</summary>
    [Parameter(HelpMessage = "Emits nothing but whether every step that was tried has passed.")]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(null, DiagnoseAsync);

    private async Task DiagnoseAsync(PipelineWriter writer, CancellationToken stopped)
    {
        var options = new ImClientOptions { Trace = IsVerbose ? writer.Trace : null };
        var isWell = true;
        var steps = ServerDiagnosis.RunAsync(Settings(), options, TimeSpan.FromSeconds(TimeoutSec), stopped);
        await foreach (var step in steps.ConfigureAwait(false))
        {
            isWell &= step.Result != DiagnosisResult.Failed;
            if (!Quiet)
            {
                writer.Output(step);
            }
        }

        if (Quiet)
        {
            writer.Output(isWell);
        }
    }

    private ImAccountSettings Settings()
    {
        // A server alone is asked by nobody in particular (RFC 3323 section 4.1.1.3).
        var account = ParameterSetName == "Server" || Credential == PSCredential.Empty
            ? new ImAccountSettings { Address = ParameterSetName == "Server" ? "sip:anonymous@anonymous.invalid" : Address }
            : SignInName.SettingsOf(Address, Credential);
        return account with
        {
            Server = Server,
            Transport = Transport,
            TrustedRoots = TrustedRoot is null ? null : new X509Certificate2Collection(TrustedRoot),
        };
    }
}
