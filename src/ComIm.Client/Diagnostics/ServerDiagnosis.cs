using System.Runtime.CompilerServices;
using ComIm.Client.Accounts;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Client.Diagnostics;

/// <summary>
/// Finds out why an account cannot sign in: takes the steps of a sign-in one by one, says of each what it has shown, and
/// stops trying at the first that fails.
/// </summary>
public sealed class ServerDiagnosis
{
    private readonly ImAccountSettings _settings;
    private readonly ImClientOptions _options;
    private readonly DiagnosisProbes _probes;
    private SipUri _address = null!;
    private HostPort _server;
    private IReadOnlyList<SipTarget> _targets = [];

    private ServerDiagnosis(ImAccountSettings settings, ImClientOptions options, TimeSpan patience)
    {
        _settings = settings;
        _options = options;
        _probes = new DiagnosisProbes(settings, options, patience);
    }

    /// <summary>How long a step is waited for, where nothing else is said.</summary>
    public static TimeSpan DefaultPatience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Takes the steps. Every kind of step is in the sequence once, those that were not tried as
    /// <see cref="DiagnosisResult.Skipped"/>. An account that signs in is signed out again.
    /// </summary>
    /// <param name="settings">Who would sign in, and where. Without a password the registration is not tried.</param>
    /// <param name="options">The clock, the name servers and the trace; defaults where null.</param>
    /// <param name="patience">How long each step is waited for; <see cref="DefaultPatience"/> where null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<DiagnosisStep> RunAsync(
        ImAccountSettings settings,
        ImClientOptions? options = null,
        TimeSpan? patience = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var diagnosis = new ServerDiagnosis(settings, options ?? new ImClientOptions(), patience ?? DefaultPatience);
        var hasFailed = false;
        foreach (var kind in Enum.GetValues<DiagnosisStepKind>())
        {
            var step = hasFailed
                ? diagnosis.Skip(kind, "Not tried: a step before it failed.")
                : await diagnosis.TakeAsync(kind, cancellationToken).ConfigureAwait(false);
            hasFailed |= step.Result == DiagnosisResult.Failed;
            yield return step;
        }
    }

    private async Task<DiagnosisStep> TakeAsync(DiagnosisStepKind kind, CancellationToken cancellationToken)
    {
        var begun = _options.TimeProvider.GetTimestamp();
        var step = await (kind switch
        {
            DiagnosisStepKind.Address => Task.FromResult(ReadAddress()),
            DiagnosisStepKind.Name => LocateAsync(cancellationToken),
            DiagnosisStepKind.Connection => ConnectAsync(cancellationToken),
            DiagnosisStepKind.Tls => HandshakeAsync(cancellationToken),
            DiagnosisStepKind.Answer => AskAsync(cancellationToken),
            _ => RegisterAsync(cancellationToken),
        }).ConfigureAwait(false);
        return step with { Duration = _options.TimeProvider.GetElapsedTime(begun) };
    }

    private DiagnosisStep ReadAddress()
    {
        try
        {
            _address = ImAddress.Parse(_settings.Address);
        }
        catch (ImException e)
        {
            return Fail(DiagnosisStepKind.Address, _settings.Address, e);
        }

        var server = _settings.Server ?? _address.HostPort.ToString();
        var transport = _settings.Transport == ImTransport.Auto ? "" : $" over {_settings.Transport.ToString().ToUpperInvariant()}";
        return HostPort.TryParse(server, out _server)
            ? Pass(DiagnosisStepKind.Address, _address.ToString(), $"{_address} signs in at {_server}{transport}.")
            : Fail(DiagnosisStepKind.Address, server, $"'{server}' is not a server.", "Write it as sip.example.com or 192.0.2.1:5060.");
    }

    private async Task<DiagnosisStep> LocateAsync(CancellationToken cancellationToken)
    {
        var name = _server.Host;
        try
        {
            _targets = await _probes.LocateAsync(_server, _address.IsSecure, cancellationToken).ConfigureAwait(false);
            return Pass(DiagnosisStepKind.Name, name, _server.Address is null
                ? $"{name} is {string.Join(", ", _targets.Take(5))}."
                : $"{_server} is an address, no name server is needed.");
        }
        catch (SipLocationException e)
        {
            return Fail(
                DiagnosisStepKind.Name, name, $"The server name {name} cannot be resolved. {e.Message}",
                "Check the spelling and the network, or name the server itself: its domain may have no entry in DNS.");
        }
        catch (TimeoutException)
        {
            return Fail(
                DiagnosisStepKind.Name, name, $"No name server has answered for {name}.",
                "Check the network of this computer and its name servers.");
        }
    }

    private async Task<DiagnosisStep> ConnectAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var target in _targets.Take(DiagnosisProbes.MaxTargets))
        {
            if (target.Transport == SipTransportKind.Udp)
            {
                _targets = [.. _targets.Where(t => t.Transport == SipTransportKind.Udp)];
                return Skip(DiagnosisStepKind.Connection, string.Join(" ", failures.Append("UDP has no connection; the answer will show.")));
            }

            if (await _probes.ConnectAsync(target, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                failures.Add(failure);
                continue;
            }

            // The others are of no interest any more: a sign-in takes the first that works.
            _targets = [target];
            return Pass(DiagnosisStepKind.Connection, target.ToString(), $"{target} takes connections.");
        }

        return Fail(
            DiagnosisStepKind.Connection, _targets[0].ToString(), string.Join(" ", failures.Distinct()),
            "Check host, port and transport, that the server runs, and that no firewall stands between.");
    }

    private async Task<DiagnosisStep> HandshakeAsync(CancellationToken cancellationToken)
    {
        if (_targets[0].Transport != SipTransportKind.Tls)
        {
            return Skip(DiagnosisStepKind.Tls, $"{SipTarget.NameOf(_targets[0].Transport)} is not encrypted.");
        }

        var target = _targets[0].ToString();
        return await _probes.AskAsync(_targets[0], _address, cancellationToken).ConfigureAwait(false) switch
        {
            { Failure: { Fault: SipTransportFault.CertificateRefused } refused } => Fail(
                DiagnosisStepKind.Tls, target, refused.Message,
                "Its administrator has to renew or replace the certificate; or use the name that it is for, or trust the authority "
                + "that issued it."),
            null or { Failure: not null } => Fail(
                DiagnosisStepKind.Tls, target, $"{target} takes connections, but no TLS session came about.",
                "Check that this port is the one for TLS; it is 5061 by custom."),
            _ => Pass(DiagnosisStepKind.Tls, target, $"The certificate proves that it is {_server.Host}."),
        };
    }

    private async Task<DiagnosisStep> AskAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var target in _targets.Take(DiagnosisProbes.MaxTargets))
        {
            var outcome = await _probes.AskAsync(target, _address, cancellationToken).ConfigureAwait(false);
            if (outcome is { Failure: null })
            {
                return Pass(
                    DiagnosisStepKind.Answer, target.ToString(), $"{target} speaks SIP: {outcome.StatusCode} {outcome.Response.ReasonPhrase}.");
            }

            // 408 stands for silence; whatever else goes wrong with a datagram is the port's being closed.
            failures.Add(outcome is { StatusCode: not 408 } && target.Transport == SipTransportKind.Udp
                ? $"Nobody listens at {target}."
                : $"{target} does not answer as a SIP server.");
        }

        return Fail(
            DiagnosisStepKind.Answer, _targets[0].ToString(), string.Join(" ", failures.Distinct()),
            "Check host, port and transport: something else may listen there, the server may not run, or a firewall may stand between.");
    }

    private async Task<DiagnosisStep> RegisterAsync(CancellationToken cancellationToken)
    {
        var address = _address.ToString();
        if (_settings.Password is null)
        {
            return Skip(DiagnosisStepKind.Registration, "Not tried without a password.");
        }

        return await _probes.RegisterAsync(cancellationToken).ConfigureAwait(false) is { } failure
            ? Fail(DiagnosisStepKind.Registration, address, failure)
            : Pass(DiagnosisStepKind.Registration, address, $"{address} can sign in.");
    }

    private static DiagnosisStep Pass(DiagnosisStepKind kind, string target, string finding) =>
        new(kind, DiagnosisResult.Passed, target, finding, null, default);

    private static DiagnosisStep Fail(DiagnosisStepKind kind, string target, string finding, string advice) =>
        new(kind, DiagnosisResult.Failed, target, finding, advice, default);

    private static DiagnosisStep Fail(DiagnosisStepKind kind, string target, ImException failure) =>
        Fail(kind, target, failure.Finding, failure.Advice ?? "Ask the server's administrator.");

    private DiagnosisStep Skip(DiagnosisStepKind kind, string finding) =>
        new(kind, DiagnosisResult.Skipped, _settings.Server ?? _settings.Address, finding, null, default);
}
