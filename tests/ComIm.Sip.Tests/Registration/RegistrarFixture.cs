using System.Net;
using System.Threading.Channels;
using ComIm.Sip.Authentication;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Registration;
using ComIm.Sip.Tests.Wire;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Memory;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Registration;

/// <summary>Alice's user agent and the registrars of a test on one wire; each registrar says what the test has it say.</summary>
internal sealed class RegistrarFixture : IAsyncDisposable
{
    public const int Home = 5060;

    private readonly List<IAsyncDisposable> _stacks = [];
    private readonly Channel<(RegistrationState State, SipOutcome? Outcome)> _states = Channel.CreateUnbounded<(RegistrationState, SipOutcome?)>();
    private readonly SipTransportKind _kind;

    public RegistrarFixture(
        Func<RegistrationSettings, RegistrationSettings>? change = null, SipTransportKind kind = SipTransportKind.Udp, string aor = "sip:alice@example.com")
    {
        _kind = kind;
        var options = new SipStackOptions { TimeProvider = Clock };
        var client = new SipStack([Wire.Attach(5070, kind)], _ => Task.CompletedTask, options);
        client.Start();
        _stacks.Add(client);
        Settings = new RegistrationSettings(SipUri.Parse(aor), SipUri.Parse("sip:alice@127.0.0.1:5070"), TimeSpan.FromHours(1))
        {
            Locator = new SipLocator(new SipLocatorOptions { UseSystemNames = false, DnsServers = [] }),
        };
        Settings = change?.Invoke(Settings) ?? Settings;
        var agent = new SipUserAgent(
            client, new SipTarget(kind, new IPEndPoint(IPAddress.Loopback, Home)), new RequestAuthenticator(new SipCredential("alice", Password)), "test");
        Registration = new SipRegistration(agent, Settings);
        Registration.StateChanged += (state, outcome) => _states.Writer.TryWrite((state, outcome));
    }

    public static string Password => "secret-alice";

    public JumpingClock Clock { get; } = new();

    public MemoryWire Wire { get; } = new();

    public RegistrationSettings Settings { get; }

    public SipRegistration Registration { get; }

    /// <summary>A registrar; the answers count its requests from 1.</summary>
    public List<SipRequest> Serve(Func<SipRequest, int, SipResponse> answer, int port = Home)
    {
        var requests = new List<SipRequest>();
        var options = new SipStackOptions { TimeProvider = Clock, HandlerScheduler = InlineTaskScheduler.Instance };
        var stack = new SipStack(
            [Wire.Attach(port, _kind)],
            transaction =>
            {
                requests.Add(transaction.Request);
                transaction.Respond(answer(transaction.Request, requests.Count));
                return Task.CompletedTask;
            },
            options);
        stack.Start();
        _stacks.Add(stack);
        return requests;
    }

    public static SipResponse Answer(SipRequest request, int status, params string[] headers)
    {
        var response = SipResponse.AnswerTo(request, status, null, "registrar");
        foreach (var header in headers)
        {
            var parts = header.Split(": ", 2);
            response.Headers.Add(parts[0], parts[1]);
        }

        return response;
    }

    /// <summary>A 200 that lists what was asked for.</summary>
    public static SipResponse Grant(SipRequest request, string parameters = ";expires=3600") =>
        Answer(request, 200, [.. request.Headers.GetValues(HeaderId.Contact).Select(c => "Contact: " + c + parameters)]);

    public static SipResponse Challenge(SipRequest request, string realm) => Answer(
        request, 401, $"WWW-Authenticate: Digest realm=\"{realm}\", nonce=\"nonce-of-{realm}\", qop=\"auth\", algorithm=MD5");

    public async Task<(RegistrationState State, SipOutcome? Outcome)> NextStateAsync() =>
        await _states.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async Task<SipOutcome?> UntilAsync(RegistrationState state)
    {
        while (true)
        {
            var (next, outcome) = await NextStateAsync();
            if (next == state)
            {
                return outcome;
            }
        }
    }

    public async Task<SipOutcome> RegisterAsync()
    {
        var outcome = await Registration.RegisterAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await UntilAsync(outcome.IsSuccess ? RegistrationState.Registered : RegistrationState.Unregistered);
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        await Registration.DisposeAsync();
        foreach (var stack in _stacks)
        {
            await stack.DisposeAsync();
        }
    }

    /// <summary>A clock whose time of day can jump while its timers stand still, as on a machine that was suspended.</summary>
    internal sealed class JumpingClock : TimeProvider
    {
        private readonly ManualTimeProvider _clock = new();
        private TimeSpan _jumped;

        public override long TimestampFrequency => _clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow() + _jumped;

        public override long GetTimestamp() => _clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            _clock.CreateTimer(callback, state, dueTime, period);

        public void Advance(TimeSpan by) => _clock.Advance(by);

        public void Jump(TimeSpan by) => _jumped += by;
    }
}
