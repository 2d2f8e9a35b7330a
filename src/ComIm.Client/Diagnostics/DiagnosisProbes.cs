using System.Net.Sockets;
using ComIm.Client.Accounts;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Client.Diagnostics;

/// <summary>What a diagnosis tries on the network: each by itself, with sockets of its own, and limited in time.</summary>
internal sealed class DiagnosisProbes(ImAccountSettings settings, ImClientOptions options, TimeSpan patience)
{
    /// <summary>Of a name that leads to many addresses so many are tried.</summary>
    public const int MaxTargets = 4;

    /// <summary>Looks the server up.</summary>
    /// <exception cref="SipLocationException">It is not found.</exception>
    /// <exception cref="TimeoutException">Nobody has answered.</exception>
    public async Task<IReadOnlyList<SipTarget>> LocateAsync(HostPort server, bool isSecure, CancellationToken cancellationToken)
    {
        var locator = new SipLocator(new SipLocatorOptions { DnsServers = options.DnsServers, TimeProvider = options.TimeProvider });
        var query = new SipServerQuery(server, ServerSearch.KindOf(settings.Transport), isSecure);
        var targets = await locator.LocateAsync(query, cancellationToken)
            .WaitAsync(patience, options.TimeProvider, cancellationToken).ConfigureAwait(false);

        // The name that was asked for is the one that a certificate must prove (RFC 5922 section 4).
        return [.. targets.Select(target => target.Transport == SipTransportKind.Tls ? target with { HostName = server.Host } : target)];
    }

    /// <summary>Opens a connection and closes it.</summary>
    /// <returns>Why there is none, a sentence for people; null where there is one.</returns>
    public async Task<string?> ConnectAsync(SipTarget target, CancellationToken cancellationToken)
    {
        using var socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var timer = new CancellationTokenSource(patience, options.TimeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            await socket.ConnectAsync(target.EndPoint, ending.Token).ConfigureAwait(false);
            return null;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return $"Nobody listens at {target}: the connection was refused.";
        }
        catch (SocketException e)
        {
            return $"{target} cannot be reached: {e.Message}.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{target} does not answer.";
        }
    }

    /// <summary>Sends OPTIONS (RFC 3261 section 11).</summary>
    /// <returns>The outcome; null where nobody answered in time.</returns>
    public async Task<SipOutcome?> AskAsync(SipTarget target, SipUri address, CancellationToken cancellationToken)
    {
        AccountTransports transports;
        try
        {
            transports = await AccountTransports.BindAsync(target, settings, options).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return null;
        }

        var stack = new SipStack(transports.All, NobodyCallsAsync, StackOptions());
        await using (stack.ConfigureAwait(false))
        {
            stack.Start();
            var agent = new SipUserAgent(stack, target, new RequestAuthenticator(null), options.UserAgent);
            using var timer = new CancellationTokenSource(patience, options.TimeProvider);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
            try
            {
                return (await agent.SendAsync(CreateOptions(address), ending.Token).ConfigureAwait(false)).Outcome;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <summary>Signs in and out.</summary>
    /// <returns>Why it cannot be done; null where it can.</returns>
    public async Task<ImException?> RegisterAsync(CancellationToken cancellationToken)
    {
        var client = new ImClient(options);
        await using (client.ConfigureAwait(false))
        {
            using var timer = new CancellationTokenSource(patience, options.TimeProvider);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
            try
            {
                await client.SignInAsync(settings, ending.Token).ConfigureAwait(false);
                return null;
            }
            catch (ImException e)
            {
                return e;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return ImException.Of(
                    ImError.Timeout, "The server does not answer REGISTER.", "Ask its administrator whether it is a registrar, and try again later.");
            }
        }
    }

    private SipStackOptions StackOptions() => new()
    {
        TimeProvider = options.TimeProvider,
        LoggerFactory = options.LoggerFactory,
        Trace = options.Trace is { } trace ? entry => trace(ImTraceEntry.Of(entry)) : null,
        IsTracing = options.IsTracing,
    };

    private static SipRequest CreateOptions(SipUri address)
    {
        var domain = new SipUri(null, new HostPort(address.Host, null));
        var request = new SipRequest(SipMethods.Options, domain);
        request.Headers.Add(HeaderId.From, new NameAddress(address.AddressOfRecord).With("tag", SipTokens.NewTag()).ToString());
        request.Headers.Add(HeaderId.To, new NameAddress(domain).ToString());
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, SipMethods.Options).ToString());
        return request;
    }

    private static Task NobodyCallsAsync(ServerTransaction transaction)
    {
        transaction.Respond(480);
        return Task.CompletedTask;
    }
}
