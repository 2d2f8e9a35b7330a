using System.Diagnostics;
using System.Net;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>The clients of a server: many users on one stack that answers, and as many senders as requests are under way on another.</summary>
internal sealed class ServerLoad : IAsyncDisposable
{
    public const string Domain = "example.com";

    private const int InFlight = 64;

    private static readonly byte[] Text = "Can you look at the disk of the mail server? It is full now."u8.ToArray();

    private readonly SipStack _senders;
    private readonly SipStack _receivers;
    private readonly IPEndPoint _contact;
    private readonly (string Name, SipUserAgent Sender, SipUserAgent Device)[] _users;
    private int _failed;

    public ServerLoad(IPEndPoint server, IReadOnlyDictionary<string, string> passwords)
    {
        var target = new SipTarget(SipTransportKind.Udp, server);
        var receiver = new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0));
        _contact = receiver.LocalEndPoint;
        _receivers = new SipStack([receiver], t =>
        {
            t.Respond(200);
            return Task.CompletedTask;
        });
        _senders = new SipStack([new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0))], _ => Task.CompletedTask);
        _receivers.Start();
        _senders.Start();
        _users = [.. passwords.Select(p => (
            p.Key,
            new SipUserAgent(_senders, target, new RequestAuthenticator(new SipCredential(p.Key, p.Value)), "load"),
            new SipUserAgent(_receivers, target, new RequestAuthenticator(new SipCredential(p.Key, p.Value)), "load")))];
    }

    public int Failed => _failed;

    /// <summary>Registers every user; returns how many are.</summary>
    public async Task<int> RegisterAllAsync()
    {
        var registered = 0;
        await Parallel.ForEachAsync(_users, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (user, _) =>
        {
            if (await RegisterAsync(user.Name, user.Device))
            {
                Interlocked.Increment(ref registered);
            }
        });
        return registered;
    }

    /// <summary>Keeps so many registrations renewed for a time; returns how many were answered 200 in a second.</summary>
    public async Task<double> RegisterAsync(TimeSpan time)
    {
        var registered = 0;
        var clock = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async i =>
        {
            for (var next = i; Stopwatch.GetElapsedTime(clock) < time; next = (next + InFlight) % _users.Length)
            {
                if (await RegisterAsync(_users[next].Name, _users[next].Device))
                {
                    Interlocked.Increment(ref registered);
                }
                else
                {
                    Interlocked.Increment(ref _failed);
                }
            }
        }));
        return registered / Stopwatch.GetElapsedTime(clock).TotalSeconds;
    }

    /// <summary>Keeps so many messages under way for a time; returns how many were answered 200 in a second.</summary>
    public async Task<double> SendAsync(TimeSpan time)
    {
        var delivered = 0;
        var clock = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async i =>
        {
            for (var next = i; Stopwatch.GetElapsedTime(clock) < time; next += 7)
            {
                var to = $"sip:{_users[next % _users.Length].Name}@{Domain}";
                var request = Create(SipMethods.Message, _users[i].Name, to, to);
                request.SetBody("text/plain;charset=utf-8", Text);
                if ((await _users[i].Sender.SendAsync(request)).Outcome.StatusCode == 200)
                {
                    Interlocked.Increment(ref delivered);
                }
                else
                {
                    Interlocked.Increment(ref _failed);
                }
            }
        }));
        return delivered / Stopwatch.GetElapsedTime(clock).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _senders.DisposeAsync();
        await _receivers.DisposeAsync();
    }

    private async Task<bool> RegisterAsync(string name, SipUserAgent device)
    {
        var request = Create(SipMethods.Register, name, "sip:" + Domain, $"sip:{name}@{Domain}");
        request.Headers.Add(HeaderId.Contact, $"<sip:{name}@{_contact}>");
        request.Headers.Add(HeaderId.Expires, "3600");
        return (await device.SendAsync(request, CancellationToken.None)).Outcome.StatusCode == 200;
    }

    private static SipRequest Create(string method, string from, string uri, string to)
    {
        var request = new SipRequest(method, SipUri.Parse(uri));
        request.Headers.Add(HeaderId.From, $"<sip:{from}@{Domain}>;tag={SipTokens.NewTag()}");
        request.Headers.Add(HeaderId.To, $"<{to}>");
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, method).ToString());
        return request;
    }
}
