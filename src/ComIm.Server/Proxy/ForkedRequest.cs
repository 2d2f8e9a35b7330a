using System.Globalization;
using ComIm.Server.Registrar;
using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Server.Proxy;

/// <summary>
/// One request on its way to every place where its recipient is: the response context of RFC 3261 section 16.7. Provisional responses
/// and every 2xx of an INVITE go back as they come, else the best answer once all branches have ended.
/// </summary>
internal sealed class ForkedRequest
{
    private readonly SipStack _stack;
    private readonly ServerTransaction _server;
    private readonly SipRequest _request;
    private readonly OwnAddresses _own;
    private readonly string _mark;
    private readonly TimeProvider _time;
    private readonly Action<Binding> _lost;
    private readonly Lock _gate = new();
    private readonly Queue<Binding> _waiting = [];
    private readonly List<ForkBranch> _branches = [];
    private readonly List<SipResponse> _refusals = [];
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pending;
    private bool _isAnswered;
    private bool _isClosed;

    /// <summary>Makes a context.</summary>
    /// <param name="stack">Sends.</param>
    /// <param name="server">The request as it came.</param>
    /// <param name="request">The request as it goes on, but for Request-URI and Via.</param>
    /// <param name="own">For Record-Route.</param>
    /// <param name="mark">The loop mark.</param>
    /// <param name="time">For timer C.</param>
    /// <param name="lost">Told of every binding whose flow is gone.</param>
    public ForkedRequest(
        SipStack stack, ServerTransaction server, SipRequest request, OwnAddresses own, string mark, TimeProvider time, Action<Binding> lost)
    {
        _stack = stack;
        _server = server;
        _request = request;
        _own = own;
        _mark = mark;
        _time = time;
        _lost = lost;
        IsInvite = request.Method == SipMethods.Invite;
    }

    private bool IsInvite { get; }

    /// <summary>Asks all places at once; where the breadth does not suffice the others one by one, as soon as one has refused.</summary>
    /// <param name="bindings">Where; one at least.</param>
    /// <param name="breadth">On how many branches the request may be; 1 at least.</param>
    /// <returns>False where no place could be reached at all: nothing has been answered then.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<Binding> bindings, int breadth)
    {
        var shares = Breadth.Share(breadth, bindings.Count);
        _pending = bindings.Count;
        foreach (var binding in bindings.Skip(shares.Length))
        {
            _waiting.Enqueue(binding);
        }

        for (var i = 0; i < shares.Length; i++)
        {
            var branch = new ForkBranch(bindings[i], shares[i], IsInvite ? _time : null);
            lock (_gate)
            {
                _branches.Add(branch);
            }

            Begin(branch);
        }

        using (_server.Cancelled.UnsafeRegister(static c => ((ForkedRequest)c!).Close(null), this))
        {
            return await _end.Task.ConfigureAwait(false);
        }
    }

    private void Begin(ForkBranch branch)
    {
        // Inside a dialog the Request-URI is the peer's Contact already, with what it means to him; unless that is a GRUU of ours.
        var copy = _request.To?.Tag is null || Gruu.IsGruu(_request.RequestUri) ? _request.CopyTo(branch.Binding.Contact.WithoutHeaders()) : _request.Copy();
        copy.Headers.Set(HeaderId.MaxForwards, ((_request.MaxForwards ?? 70) - 1).ToString(CultureInfo.InvariantCulture));
        Breadth.Put(copy, branch.Share);
        if (RouteHeaders.IsRecorded(copy.Method))
        {
            RouteHeaders.Record(copy, _own, _server.Transport.Kind, branch.Binding.Target.Transport);
        }

        try
        {
            branch.OnSent(_stack.Begin(copy, branch.Binding.Target, r => OnResponse(branch, r), _mark));
        }
        catch (SipTransportException)
        {
            _lost(branch.Binding);
            End(branch, null);
            return;
        }

        bool isTooLate;
        lock (_gate)
        {
            isTooLate = _isClosed;
        }

        if (isTooLate)
        {
            branch.Cancel();
        }

        _ = WatchAsync(branch);
    }

    /// <summary>The end of a branch that nobody answered.</summary>
    private async Task WatchAsync(ForkBranch branch)
    {
        var response = await branch.Transaction!.FinalResponse.ConfigureAwait(false);
        if (branch.Transaction.FailureCause is null)
        {
            return;
        }

        if (response.StatusCode == 503)
        {
            // A connection is gone, and with it this binding (RFC 5626 section 5.3); the client will make another.
            _lost(branch.Binding);
            End(branch, null);
        }
        else
        {
            if (!IsInvite)
            {
                // The sender's own transaction has waited as long, and is over: nobody would hear what others answer (RFC 4320 section 3).
                ForgetWaiting();
            }

            End(branch, _server.CreateResponse(408));
        }
    }

    private void OnResponse(ForkBranch branch, SipResponse response)
    {
        if (response.IsProvisional)
        {
            branch.RestartTimerC(response.StatusCode);
            if (response.StatusCode > 100)
            {
                ForwardProvisional(response);
            }

            return;
        }

        var back = WithoutVia(response);
        if (response.IsSuccess)
        {
            Succeed(branch, back);
            return;
        }

        if (response.StatusCode >= 600)
        {
            Close(branch);
        }

        // To the sender a 503 would say that we are overloaded, not the one who was asked (section 16.7 step 6).
        End(branch, response.StatusCode == 503 ? _server.CreateResponse(500) : back);
    }

    private void ForwardProvisional(SipResponse response)
    {
        lock (_gate)
        {
            if (_isAnswered)
            {
                return;
            }
        }

        _server.Respond(WithoutVia(response));
    }

    /// <summary>A 2xx goes back at once; of an INVITE every one, its retransmissions too (section 16.7 step 5).</summary>
    private void Succeed(ForkBranch branch, SipResponse response)
    {
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_isAnswered;
            _isAnswered = true;
        }

        if (isFirst || IsInvite)
        {
            _server.Respond(response);
        }

        if (isFirst)
        {
            Close(branch);
            _end.TrySetResult(true);
        }

        End(branch, null);
    }

    private void End(ForkBranch branch, SipResponse? refusal)
    {
        SipResponse? best = null;
        ForkBranch? next = null;
        lock (_gate)
        {
            if (!branch.TryEnd())
            {
                return;
            }

            if (refusal is not null)
            {
                _refusals.Add(refusal);
            }

            _pending--;
            next = TakeWaiting(branch.Share);

            // What cannot be cancelled is not waited for once a global failure has decided (section 16.7 step 5).
            var isDecided = _pending == 0 || (!IsInvite && refusal is { StatusCode: >= 600 });
            if (next is null && (!isDecided || _isAnswered))
            {
                return;
            }

            if (next is null && _refusals.Count > 0)
            {
                best = BestResponse.Of(_refusals);
                _isAnswered = true;
            }
        }

        if (next is not null)
        {
            Begin(next);
            return;
        }

        if (best is not null)
        {
            _server.Respond(best);
        }

        _end.TrySetResult(best is not null);
    }

    /// <summary>What has ended leaves its share to a place that waits for one. The caller holds the lock.</summary>
    private ForkBranch? TakeWaiting(int share)
    {
        if (!_waiting.TryDequeue(out var binding))
        {
            return null;
        }

        var branch = new ForkBranch(binding, share, IsInvite ? _time : null);
        _branches.Add(branch);
        return branch;
    }

    private void ForgetWaiting()
    {
        lock (_gate)
        {
            _pending -= _waiting.Count;
            _waiting.Clear();
        }
    }

    /// <summary>
    /// Nobody else is asked, and what rings is cancelled: somebody has accepted, or declined for all, or the sender takes the request
    /// back, when the 487 of the branches is then the best answer (section 16.10).
    /// </summary>
    private void Close(ForkBranch? but)
    {
        List<ForkBranch> others;
        lock (_gate)
        {
            _isClosed = true;
            ForgetWaiting();
            others = _branches.FindAll(b => b != but);
        }

        others.ForEach(b => b.Cancel());
    }

    private static SipResponse WithoutVia(SipResponse response)
    {
        var copy = response.Copy();
        copy.Headers.RemoveFirstValue(HeaderId.Via);
        return copy;
    }
}
