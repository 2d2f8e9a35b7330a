using System.Net.Sockets;
using ComIm.Client.Storage;
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
        var search = new ServerSearch(settings, address, locator);
        var isRefused = false;
        ImAccount? account = null;
        try
        {
            // A server that could not prove its name over TLS is not asked without.
            var targets = search.WalkAsync(() => isRefused, cancellationToken);
            var (_, outcome) = await SipFailover.SendAsync(targets, RegisterAtAsync, cancellationToken).ConfigureAwait(false);
            return outcome.IsSuccess ? account! : throw ImFailures.OfSignIn(outcome, account!.Address, account.Server);
        }
        catch (SipLocationException e)
        {
            throw ImException.Of(
                ImError.ServerNotFound, $"The server name {search.Host} cannot be resolved.", "Check the name and the network, or name the server itself.", inner: e);
        }
        catch (SipTransportException e)
        {
            throw ImException.Of(ImError.ServerUnreachable, e.Message, "Check the network.", inner: e);
        }

        async Task<SipOutcome> RegisterAtAsync(SipTarget target, CancellationToken stop)
        {
            var storage = AccountStorage.Open(options, address);
            AccountTransports transports;
            try
            {
                transports = await BindAsync(target, settings, options).ConfigureAwait(false);
            }
            catch
            {
                storage.Dispose();
                throw;
            }

            account = new ImAccount(settings, address, search, target, transports, options, locator, storage, onClosed);
            prepare(account);
            var outcome = await RegisterAsync(account, stop).ConfigureAwait(false);
            isRefused |= outcome.Failure?.Fault == SipTransportFault.CertificateRefused;
            return outcome;
        }
    }

    /// <summary>Answers challenges with the credentials of the settings.</summary>
    public static RequestAuthenticator AuthenticatorOf(ImAccountSettings settings, SipUri address)
    {
        var credentials = settings.Credentials.Select(c => new SipCredential(c.UserName, c.Password, c.Realm)).ToList();
        if (settings.Password is not null)
        {
            credentials.Add(new SipCredential(settings.UserName ?? address.User!, settings.Password));
        }

        return new RequestAuthenticator([new DigestScheme()], credentials);
    }

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

    private static async Task<AccountTransports> BindAsync(SipTarget target, ImAccountSettings settings, ImClientOptions options)
    {
        try
        {
            return await AccountTransports.BindAsync(target, settings, options).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new SipTransportException($"This computer has no way to {target.EndPoint}: {e.Message}.", e);
        }
    }
}
