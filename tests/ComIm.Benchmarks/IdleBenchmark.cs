using System.Diagnostics;
using System.Net;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Registration;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>10,000 registrations over one stack that do nothing: bytes, threads and handles.</summary>
internal static class IdleBenchmark
{
    private const int Count = 10_000;

    public static async Task RunAsync()
    {
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        var transport = new UdpTransport(any);
        await using var server = new SipStack([transport], t =>
        {
            // A registrar lists what it has bound, and the client keeps the list.
            var response = t.CreateResponse(200);
            response.Headers.CopyFrom(t.Request.Headers, HeaderId.Contact);
            t.Respond(response);
            return Task.CompletedTask;
        });
        await using var client = new SipStack([new UdpTransport(any)], _ => Task.CompletedTask);
        server.Start();
        client.Start();
        var process = Process.GetCurrentProcess();
        var agent = new SipUserAgent(client, new SipTarget(SipTransportKind.Udp, transport.LocalEndPoint), new RequestAuthenticator(credential: null), "ComIm");
        await RegisterAsync(agent, "warm-up");
        await DrainAsync(client, server);
        var (before, threads, handles) = (GC.GetTotalMemory(true), process.Threads.Count, HandleCount());
        var registrations = new List<SipRegistration>(Count);
        for (var i = 0; i < Count; i++)
        {
            registrations.Add(await RegisterAsync(agent, "user" + i));
        }

        await DrainAsync(client, server);
        process.Refresh();
        Figures.Print("idle.registration.bytes", (GC.GetTotalMemory(true) - before) / (double)Count, "B");
        Figures.Print("idle.registration.threads", process.Threads.Count - threads, "");
        Figures.Print("idle.registration.handles", HandleCount() - handles, "");
        GC.KeepAlive(registrations);
    }

    private static async Task<SipRegistration> RegisterAsync(SipUserAgent agent, string user)
    {
        var aor = SipUri.Parse($"sip:{user}@example.com");
        var contact = SipUri.Parse($"sip:{user}@127.0.0.1:5060");
        var registration = new SipRegistration(agent, new RegistrationSettings(aor, contact, TimeSpan.FromHours(1)));
        await registration.RegisterAsync();
        return registration;
    }

    /// <summary>Waits until the transactions are forgotten (timers J and K): they are no part of a registration.</summary>
    private static async Task DrainAsync(SipStack client, SipStack server)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (client.TransactionCount + server.TransactionCount > 0)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    private static int HandleCount() => Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : Process.GetCurrentProcess().HandleCount;
}
