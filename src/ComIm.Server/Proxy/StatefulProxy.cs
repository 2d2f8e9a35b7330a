using System.Globalization;
using ComIm.Server.Registrar;
using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Proxy;

/// <summary>Forwards requests to the users of the domain: to every place where the recipient is, or inside a dialog to one (RFC 3261 section 16).</summary>
internal sealed class StatefulProxy(LocationService location, OwnAddresses own, TimeProvider time, Func<SipStack> stack)
{
    /// <summary>Forwards a request and answers it.</summary>
    /// <param name="transaction">The request as it came.</param>
    /// <param name="request">The request without Routes of ours; it is changed.</param>
    /// <param name="user">Its recipient.</param>
    /// <returns>False where the recipient is nowhere to be reached: nothing has been answered then.</returns>
    public async Task<bool> TryForwardAsync(ServerTransaction transaction, SipRequest request, string user)
    {
        if (request.MaxForwards == 0)
        {
            transaction.Respond(483);
            return true;
        }

        var breadth = Breadth.Of(request);
        if (breadth == 0)
        {
            // It may be on no branch at all, so there is nothing to be done one after the other either (RFC 5393 section 5.3.1).
            transaction.Respond(440);
            return true;
        }

        var isInDialog = request.To?.Tag is not null;
        var mark = LoopMark.Of(request);
        if (LoopMark.IsIn(request, mark))
        {
            transaction.Respond(482);
            return true;
        }

        var bindings = isInDialog ? InDialog(request, user) : Gruu.Select(location.Find(user), request.RequestUri);
        if (bindings.Count == 0)
        {
            return false;
        }

        // What proved the sender to us is nobody else's business (RFC 3261 section 22.3).
        request.Headers.Remove(HeaderId.ProxyAuthorization);
        if (!isInDialog)
        {
            // A route that the sender chose could lead through anybody; here only the registration decides.
            request.Headers.Remove(HeaderId.Route);
        }

        return await new ForkedRequest(stack(), transaction, request, own, mark, time, lost => location.OnFlowLost(user, lost))
            .RunAsync(bindings, breadth).ConfigureAwait(false);
    }

    /// <summary>Sends the ACK of a 2xx the way of its dialog (RFC 3261 section 16.11 leaves nothing to remember of it).</summary>
    /// <param name="ack">The ACK as it came.</param>
    public void ForwardAck(SipRequest ack)
    {
        if (ack.MaxForwards is 0 || Breadth.Of(ack) == 0 || ack.To is not { Tag: not null, Uri: { User: { } user } to } || !own.IsDomain(to)
            || ack.From?.Uri is not { } from || !own.IsDomain(from)
            || RouteHeaders.Preprocess(ack, own) is not { } request)
        {
            return;
        }

        if (InDialog(request, user) is [var binding])
        {
            request.Headers.Remove(HeaderId.ProxyAuthorization);
            AssertedIdentity.Remove(request);
            request.Headers.Set(HeaderId.MaxForwards, ((ack.MaxForwards ?? 70) - 1).ToString(CultureInfo.InvariantCulture));
            Breadth.Put(request, Breadth.Of(ack));
            _ = stack().ForwardOnceAsync(request, binding.Target);
        }
    }

    /// <summary>
    /// The one place that a request inside a dialog goes to: the binding whose Contact is its Request-URI; where a client has
    /// come back with another Contact since (a new address, a new connection), its newest. To names the other user (section
    /// 12.2.1.1), so that nobody can put himself in another's place by registering the same Contact.
    /// </summary>
    private IReadOnlyList<Binding> InDialog(SipRequest request, string user)
    {
        var bindings = Gruu.Select(location.Find(user), request.RequestUri);
        return bindings.Count <= 1 || request.RequestUri is not { } uri
            ? bindings
            : [bindings.FirstOrDefault(b => b.Contact.Equals(uri)) ?? bindings[0]];
    }
}
