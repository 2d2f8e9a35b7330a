using System.Diagnostics.Metrics;
using System.Globalization;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Limits;

/// <summary>The counters of one server, under the meter <c>ComIm.Server</c>; <c>dotnet-counters</c> and OpenTelemetry read them.</summary>
internal sealed class ServerMetrics : IDisposable
{
    private readonly Meter _meter = new("ComIm.Server");
    private readonly Counter<long> _refused;
    private long _requests;
    private long _refusals;

    /// <summary>Makes the counters.</summary>
    /// <param name="registrations">Bindings now.</param>
    /// <param name="pending">Requests that wait for an answer now.</param>
    /// <param name="waiting">Stored messages now.</param>
    /// <param name="conferences">Rooms now.</param>
    public ServerMetrics(Func<int> registrations, Func<int> pending, Func<int> waiting, Func<int> conferences)
    {
        Requests = _meter.CreateCounter<long>("comim.server.requests", null, "Requests that came in, by method.");
        Stored = _meter.CreateCounter<long>("comim.server.messages.stored", null, "Messages stored for users who were away.");
        Delivered = _meter.CreateCounter<long>("comim.server.messages.delivered", null, "Stored messages that were delivered.");
        ConferenceMessages = _meter.CreateCounter<long>("comim.server.conference.messages", null, "Messages said in conferences.");
        ConferenceFailures = _meter.CreateCounter<long>("comim.server.conference.failures", null, "Messages of conferences that a participant did not take.");
        _meter.CreateObservableGauge("comim.server.conferences", conferences, null, "Rooms.");
        _refused = _meter.CreateCounter<long>("comim.server.refused", null, "Requests beyond a limit, by limit.");
        _meter.CreateObservableGauge("comim.server.registrations", registrations, null, "Bindings.");
        _meter.CreateObservableGauge("comim.server.pending", pending, null, "Requests that wait for an answer.");
        _meter.CreateObservableGauge("comim.server.messages.waiting", waiting, null, "Messages that wait for their recipients.");
    }

    public Counter<long> Stored { get; }

    public Counter<long> Delivered { get; }

    public Counter<long> ConferenceMessages { get; }

    public Counter<long> ConferenceFailures { get; }

    /// <summary>Requests so far, for the health line.</summary>
    public long RequestCount => Interlocked.Read(ref _requests);

    /// <summary>Refusals so far, for the health line.</summary>
    public long RefusalCount => Interlocked.Read(ref _refusals);

    private Counter<long> Requests { get; }

    /// <summary>Counts a request. Methods that nobody knows share one name, or strangers could make names without end.</summary>
    /// <param name="method">Its method.</param>
    public void Count(string method)
    {
        Interlocked.Increment(ref _requests);
        if (Requests.Enabled)
        {
            Requests.Add(1, new KeyValuePair<string, object?>("method", method is SipMethods.Message or SipMethods.Register or SipMethods.Invite or SipMethods.Bye or SipMethods.Info
                or SipMethods.Subscribe or SipMethods.Notify or SipMethods.Publish or SipMethods.Options or SipMethods.Refer or SipMethods.Update ? method : "other"));
        }
    }

    /// <summary>Answers a request that is beyond a limit (RFC 3261 section 21.5.4), and counts it.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="limit">The name of the limit.</param>
    /// <param name="retryAfter">When it may be tried again.</param>
    public void Refuse(ServerTransaction transaction, string limit, TimeSpan retryAfter)
    {
        Interlocked.Increment(ref _refusals);
        _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));
        var response = transaction.CreateResponse(503);
        response.Headers.Add(HeaderId.RetryAfter, ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        transaction.Respond(response);
    }

    public void Dispose() => _meter.Dispose();
}
