using System.Net;
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
        ImAccountSettings settings, ImClientOptions options, SipLocator locator, Action<ImAccount> onClosed, CancellationToken cancellationToken)
    {
        var address = ImAddress.Parse(settings.Address);
        var server = ReadServer(settings.Server ?? address.HostPort.ToString());
        var kind = settings.Transport == ImTransport.Udp ? SipTransportKind.Udp : SipTransportKind.Tcp;
        ImException? failure = null;
        try
        {
            // Where one target of a server does not serve, the next one may (RFC 3263 section 4.3).
            await foreach (var target in locator.WalkAsync(new SipServerQuery(server, kind), cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    var transport = Bind(target);
                    var account = new ImAccount(settings, address, server.ToString(), target, transport, options, onClosed);
                    return await RegisterAsync(account, cancellationToken).ConfigureAwait(false);
                }
                catch (ImException e) when (IsFailureOfTarget(e))
                {
                    failure ??= e;
                }
            }
        }
        catch (SipLocationException e)
        {
            throw new ImException(
                ImError.ServerNotFound, $"The server name {server.Host} cannot be resolved. Check the name and the network.", 0, null, e);
        }

        throw failure!;
    }

    /// <summary>The credential of the settings; null where there is no password.</summary>
    public static SipCredential? CredentialOf(ImAccountSettings settings, SipUri address) =>
        settings.Password is null ? null : new SipCredential(settings.UserName ?? address.User!, settings.Password);

    private static HostPort ReadServer(string text) => HostPort.TryParse(text, out var server)
        ? server
        : throw new ImException(ImError.ServerNotFound, $"'{text}' is not a server. Write it as sip.example.com or 192.0.2.1:5060.");

    private static async Task<ImAccount> RegisterAsync(ImAccount account, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await account.Registration.RegisterAsync(cancellationToken).ConfigureAwait(false);
            return outcome.IsSuccess ? account : throw ImFailures.OfSignIn(outcome, account.Address, account.Server);
        }
        catch
        {
            await account.CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    // The same as SipFailover.IsFailureOfTarget, in the words of ImFailures.
    private static bool IsFailureOfTarget(ImException e) =>
        e.Error is ImError.ServerUnreachable or ImError.Timeout || e.StatusCode == 503;

    private static ISipTransport Bind(SipTarget target)
    {
        try
        {
            var local = new IPEndPoint(LocalRoute.AddressTo(target.EndPoint), 0);
            return target.Transport == SipTransportKind.Udp ? new UdpTransport(local) : new TcpTransport(local);
        }
        catch (SocketException e)
        {
            throw new ImException(
                ImError.ServerUnreachable, $"This computer has no way to {target.EndPoint}: {e.Message}. Check the network.", 0, null, e);
        }
    }
}
