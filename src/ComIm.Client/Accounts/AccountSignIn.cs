using System.Net.Sockets;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Client.Accounts;

/// <summary>The steps from settings to a signed-in account: read, find the server, open a socket, register.</summary>
internal static class AccountSignIn
{
    public static async Task<ImAccount> RunAsync(
        ImAccountSettings settings,
        ImClientOptions options,
        SipLocator locator,
        Action<ImAccount> prepare,
        Action<ImAccount> onClosed,
        CancellationToken cancellationToken)
    {
        var address = ImAddress.Parse(settings.Address);
        var server = ReadServer(settings.Server ?? address.HostPort.ToString());
        var targets = locator.WalkAsync(new SipServerQuery(server, KindOf(settings.Transport)), cancellationToken);
        ImAccount? account = null;
        try
        {
            var (_, outcome) = await SipFailover.SendAsync(targets, RegisterAtAsync, cancellationToken).ConfigureAwait(false);
            return outcome.IsSuccess ? account! : throw ImFailures.OfSignIn(outcome, account!.Address, account.Server);
        }
        catch (SipLocationException e)
        {
            throw new ImException(
                ImError.ServerNotFound, $"The server name {server.Host} cannot be resolved. Check the name and the network.", 0, null, e);
        }
        catch (SipTransportException e)
        {
            throw new ImException(ImError.ServerUnreachable, e.Message + " Check the network.", 0, null, e);
        }

        async Task<SipOutcome> RegisterAtAsync(SipTarget target, CancellationToken stop)
        {
            // The name that was asked for is the one that a certificate must prove, not one that DNS gave (RFC 5922 section 4).
            var hop = target.Transport == SipTransportKind.Tls ? target with { HostName = server.Host } : target;
            var transports = await BindAsync(hop, settings, options).ConfigureAwait(false);
            account = new ImAccount(settings, address, server.ToString(), hop, transports, options, locator, onClosed);
            prepare(account);
            return await RegisterAsync(account, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The credential of the settings; null where there is no password.</summary>
    public static SipCredential? CredentialOf(ImAccountSettings settings, SipUri address) =>
        settings.Password is null ? null : new SipCredential(settings.UserName ?? address.User!, settings.Password);

    private static HostPort ReadServer(string text) => HostPort.TryParse(text, out var server)
        ? server
        : throw new ImException(ImError.ServerNotFound, $"'{text}' is not a server. Write it as sip.example.com or 192.0.2.1:5060.");

    /// <summary>Registers an account; one that is not registered in the end is closed.</summary>
    private static async Task<SipOutcome> RegisterAsync(ImAccount account, CancellationToken cancellationToken)
    {
        SipOutcome? outcome = null;
        try
        {
            return outcome = await account.Registration.RegisterAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (outcome is not { IsSuccess: true })
            {
                await account.CloseAsync().ConfigureAwait(false);
            }
        }
    }

    private static SipTransportKind KindOf(ImTransport transport) => transport switch
    {
        ImTransport.Udp => SipTransportKind.Udp,
        ImTransport.Tcp => SipTransportKind.Tcp,
        _ => SipTransportKind.Tls,
    };

    private static async Task<AccountTransports> BindAsync(SipTarget target, ImAccountSettings settings, ImClientOptions options)
    {
        try
        {
            return await AccountTransports.BindAsync(target, settings, options.TimeProvider).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new SipTransportException($"This computer has no way to {target.EndPoint}: {e.Message}.", e);
        }
    }
}
