using System.Net;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Registration;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine.Failures;

/// <summary>A device that has registered, and answers nothing: its clock stands still, so that not even a 100 comes.</summary>
internal sealed class SilentDevice : IAsyncDisposable
{
    private readonly UdpTransport _transport = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly SipStack _stack;

    private SilentDevice(Action called)
    {
        _stack = new SipStack(
            [_transport],
            _ =>
            {
                called();
                return Task.CompletedTask;
            },
            new SipStackOptions { TimeProvider = new ManualTimeProvider() });
        _stack.Start();
    }

    /// <param name="user">Whose device it is.</param>
    /// <param name="password">The user's password.</param>
    /// <param name="registrar">Where it registers.</param>
    /// <param name="called">Something has come in.</param>
    public static async Task<SilentDevice> RegisterAsync(string user, string password, IPEndPoint registrar, Action called)
    {
        var device = new SilentDevice(called);
        var agent = new SipUserAgent(
            device._stack, new SipTarget(SipTransportKind.Udp, registrar), new RequestAuthenticator(new SipCredential(user, password)), "silent");

        // Not disposed of: that would remove the binding.
#pragma warning disable CA2000
        var registration = new SipRegistration(agent, new RegistrationSettings(
            SipUri.Parse($"sip:{user}@example.com"), SipUri.Parse($"sip:{user}@{device._transport.LocalEndPoint}"), TimeSpan.FromHours(1)));
#pragma warning restore CA2000
        Assert.Equal(200, (await registration.RegisterAsync().WaitAsync(TimeSpan.FromSeconds(90))).StatusCode);
        return device;
    }

    public ValueTask DisposeAsync() => _stack.DisposeAsync();
}
