using System.Globalization;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Events;

/// <summary>Takes SUBSCRIBE requests outside dialogs (RFC 6665 section 4.2.1).</summary>
public sealed class EventNotifier
{
    /// <summary>Makes a notifier.</summary>
    /// <param name="agent">Sends the notifications.</param>
    /// <param name="dialogs">Finds the dialog of a refresh; the stack's <see cref="SipStack.Filter"/>.</param>
    /// <param name="packages">What can be subscribed to.</param>
    /// <param name="contact">Where refreshes reach us.</param>
    /// <param name="dialect">The dialect of the subscribers; null for that of the RFC.</param>
    public EventNotifier(
        SipUserAgent agent, DialogTable dialogs, EventPackages packages, NameAddress contact, IEventDialect? dialect = null)
    {
        Agent = agent;
        Dialogs = dialogs;
        Packages = packages;
        Contact = contact;
        Dialect = dialect ?? IEventDialect.Standard;
    }

    internal SipUserAgent Agent { get; }

    internal DialogTable Dialogs { get; }

    internal EventPackages Packages { get; }

    internal NameAddress Contact { get; }

    internal IEventDialect Dialect { get; }

    /// <summary>Takes a SUBSCRIBE. What cannot become a subscription is answered here: 489, 406, 423.</summary>
    /// <param name="transaction">The SUBSCRIBE.</param>
    /// <param name="current">The event state now; asked again at every refresh. It may not block.</param>
    /// <returns>The subscription, to be accepted or rejected; null where it has been refused.</returns>
    public NotifierSubscription? Receive(ServerTransaction transaction, Func<NotifierSubscription, SessionBody?> current)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var request = transaction.Request;
        var header = EventHeader.Of(request);
        if (header is null || Packages.Find(header.Package) is not { } package)
        {
            var response = transaction.CreateResponse(489);
            response.Headers.Add(HeaderId.AllowEvents, Packages.AllowEvents);
            transaction.Respond(response);
            return null;
        }

        if (!IsAcceptable(request, package))
        {
            var response = transaction.CreateResponse(406);
            response.Headers.Add(HeaderId.Accept, string.Join(", ", package.ContentTypes));
            transaction.Respond(response);
            return null;
        }

        return TryGrant(transaction, package, out var lifetime)
            ? new NotifierSubscription(this, transaction, package, header.Id, lifetime, current)
            : null;
    }

    /// <summary>How long a subscription lasts; false where it was refused with 423 (section 4.2.1.1).</summary>
    internal static bool TryGrant(ServerTransaction transaction, EventPackage package, out TimeSpan lifetime)
    {
        lifetime = SipNumber.TryParse(transaction.Request.Headers.GetBytes(HeaderId.Expires), out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : package.DefaultLifetime;
        if (lifetime > TimeSpan.Zero && lifetime < package.MinLifetime)
        {
            var response = transaction.CreateResponse(423);
            response.Headers.Add(HeaderId.MinExpires, ((long)package.MinLifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            transaction.Respond(response);
            return false;
        }

        lifetime = lifetime < package.MaxLifetime ? lifetime : package.MaxLifetime;
        return true;
    }

    private static bool IsAcceptable(SipRequest request, EventPackage package)
    {
        var accepted = request.Headers.GetValues(HeaderId.Accept);
        return accepted.Count == 0 || accepted.Any(a => package.ContentTypes.Any(t => Matches(a.Split(';', 2)[0].Trim(), t)));
    }

    private static bool Matches(string range, string type) =>
        range == "*/*"
        || range.Equals(type, StringComparison.OrdinalIgnoreCase)
        || (range.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(range[..^1], StringComparison.OrdinalIgnoreCase));
}
