using System.Globalization;
using ComIm.Server.Registrar;
using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Proxy;

/// <summary>Forwards a request to every place where its recipient is, and the best answer back (RFC 3261 section 16).</summary>
internal sealed class StatefulProxy(LocationService location, Func<SipStack> stack)
{
    public async Task ForwardAsync(ServerTransaction transaction, string user)
    {
        var request = transaction.Request;
        var hops = request.MaxForwards ?? 70;
        if (hops == 0)
        {
            transaction.Respond(483);
            return;
        }

        var bindings = location.Find(user);
        if (bindings.Count == 0)
        {
            transaction.Respond(480);
            return;
        }

        var pending = bindings.Select(b => AskAsync(request, b, user, hops)).ToList();
        var answers = new List<Answer>();
        while (pending.Count > 0)
        {
            var done = await Task.WhenAny(pending).ConfigureAwait(false);
            pending.Remove(done);
            var answer = await done.ConfigureAwait(false);
            answers.Add(answer);

            // A success or a global failure ends the search (RFC 3261 section 16.7 step 5).
            if (answer.Status is >= 200 and < 300 or >= 600)
            {
                break;
            }
        }

        Forward(transaction, Best(answers));
    }

    /// <summary>The best of several answers: a success or a global failure, else the lowest class (RFC 3261 section 16.7 step 6).</summary>
    private static Answer Best(List<Answer> answers) =>
        answers.Find(a => a.Status is >= 200 and < 300 or >= 600)
        ?? answers.OrderBy(a => a.Status / 100).ThenBy(a => a.Status == 408).First();

    private static void Forward(ServerTransaction transaction, Answer answer)
    {
        if (answer.FromPeer is null)
        {
            transaction.Respond(answer.Status);
            return;
        }

        var response = answer.FromPeer.Copy();
        response.Headers.RemoveFirstValue(HeaderId.Via);
        transaction.Respond(response);
    }

    private async Task<Answer> AskAsync(SipRequest request, Binding binding, string user, int hops)
    {
        var copy = request.CopyTo(binding.Contact);
        copy.Headers.Set(HeaderId.MaxForwards, (hops - 1).ToString(CultureInfo.InvariantCulture));

        // What proved the sender to us is nobody else's business (RFC 3261 section 22.3).
        copy.Headers.Remove(HeaderId.ProxyAuthorization);
        copy.Headers.Remove(HeaderId.Route);
        var branch = stack().Begin(copy, binding.Target);
        var response = await branch.FinalResponse.ConfigureAwait(false);
        if (branch.FailureCause is null)
        {
            return new Answer(response.StatusCode, response);
        }

        if (response.StatusCode == 503)
        {
            // The flow is gone, and with it this binding (RFC 5626 section 5.3); the client will make another.
            location.Remove(user, binding.Contact);
            return new Answer(480, null);
        }

        return new Answer(408, null);
    }

    /// <summary>How one branch ended; the response is null where the peer gave none.</summary>
    private sealed record Answer(int Status, SipResponse? FromPeer);
}
