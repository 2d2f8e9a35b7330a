using System.Net.Sockets;
using ComIm.Sip.Authentication;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Client.Accounts;

/// <summary>The steps from settings to a signed-in account: read, find the server, open a socket, register.</summary>
internal static class AccountSignIn
{
    public static async Task<ImAccount> RunAsync(
        ImAccountSettings settings, ImClientOptions options, Action<ImAccount> onClosed, CancellationToken cancellationToken)
    {
        var address = ImAddress.Parse(settings.Address);
        var server = ReadServer(settings.Server ?? address.HostPort.ToString());
        var target = await LocateAsync(server, settings.Transport, cancellationToken).ConfigureAwait(false);
        var transports = await BindAsync(target, settings, options).ConfigureAwait(false);
        var account = new ImAccount(settings, address, server.ToString(), target, transports, options, onClosed);
        try
        {
            var outcome = await account.Registration.RegisterAsync(cancellationToken).ConfigureAwait(false);
            if (!outcome.IsSuccess)
            {
                throw ImFailures.OfSignIn(outcome, account.Address, server.ToString());
            }
        }
        catch
        {
            await account.CloseAsync().ConfigureAwait(false);
            throw;
        }

        return account;
    }

    /// <summary>The credential of the settings; null where there is no password.</summary>
    public static SipCredential? CredentialOf(ImAccountSettings settings, SipUri address) =>
        settings.Password is null ? null : new SipCredential(settings.UserName ?? address.User!, settings.Password);

    private static HostPort ReadServer(string text) => HostPort.TryParse(text, out var server)
        ? server
        : throw new ImException(ImError.ServerNotFound, $"'{text}' is not a server. Write it as sip.example.com or 192.0.2.1:5060.");

    private static async Task<SipTarget> LocateAsync(HostPort server, ImTransport transport, CancellationToken cancellationToken)
    {
        try
        {
            var kind = KindOf(transport);
            var withPort = server with { Port = server.Port ?? SipTarget.DefaultPortOf(kind) };
            var target = await ServerLocator.LocateAsync(withPort, kind, cancellationToken).ConfigureAwait(false);

            // The name that was asked for is the one that a certificate must prove, not one that DNS gave (RFC 5922 section 4).
            return kind == SipTransportKind.Tls ? target with { HostName = server.Host } : target;
        }
        catch (SocketException e)
        {
            throw new ImException(
                ImError.ServerNotFound, $"The server name {server.Host} cannot be resolved. Check the name and the network.", 0, null, e);
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
            throw new ImException(
                ImError.ServerUnreachable, $"This computer has no way to {target.EndPoint}: {e.Message}. Check the network.", 0, null, e);
        }
    }
}
