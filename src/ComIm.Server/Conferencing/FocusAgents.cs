using System.Net;
using ComIm.Server.Proxy;
using ComIm.Server.Registrar;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Server.Conferencing;

/// <summary>Speaks SIP for rooms: a session agent or a notifier for one room and one user. The dialogs of all rooms are in one table.</summary>
internal sealed class FocusAgents(OwnAddresses own, LocationService location, Func<SipStack> stack)
{
    public const string Allow = "INVITE, ACK, CANCEL, BYE, UPDATE, MESSAGE, INFO, OPTIONS, REFER, SUBSCRIBE, NOTIFY";

    // Who vanishes without BYE and is sent nothing is found out by the session timer (RFC 4028 section 4 advises half an hour).
    private static readonly SessionTimerOptions Timer = new() { Interval = TimeSpan.FromMinutes(30) };

    private readonly EventPackages _packages = CreatePackages();

    public DialogTable Dialogs { get; } = new();

    /// <summary>The address that stands in descriptions; nothing is sent there.</summary>
    public IPAddress Address => own.UriOf(SipTransportKind.Udp).HostPort.Address ?? IPAddress.Loopback;

    /// <summary>Where a user is, the newest first.</summary>
    public IReadOnlyList<Binding> Find(string user) => location.Find(user);

    /// <summary>Sessions of a room with a user.</summary>
    /// <param name="room">The room's URI, which says by <c>isfocus</c> what it is (RFC 4579 section 4.1).</param>
    /// <param name="user">The user.</param>
    /// <param name="flow">Where he is now.</param>
    public SessionAgent SessionsWith(SipUri room, string user, SipTarget flow) => new(AgentTo(user, flow), Dialogs, new SessionOptions
    {
        Identity = new NameAddress(room),
        Contact = new NameAddress(room).With("isfocus", null),
        Allow = Allow,
        Timer = Timer,
    });

    /// <summary>Tells a user who is in a room.</summary>
    public EventNotifier NotifierFor(SipUri room, string user, SipTarget flow) =>
        new(AgentTo(user, flow), Dialogs, _packages, new NameAddress(room).With("isfocus", null));

    private static EventPackages CreatePackages()
    {
        var packages = new EventPackages();
        packages.Register(new EventPackage { Name = "conference", ContentTypes = [RosterDocument.ContentType], TellsChanges = true });
        return packages;
    }

    /// <summary>Requests go to the device of the dialog; where it has come back from elsewhere since, to its newest place.</summary>
    private SipUserAgent AgentTo(string user, SipTarget flow) => new(stack(), flow, new RequestAuthenticator(null), "ComIm")
    {
        Locate = (uri, _) =>
        {
            var bindings = location.Find(user);
            var binding = bindings.FirstOrDefault(b => b.Contact.Equals(uri)) ?? bindings.FirstOrDefault(b => b.Target == flow);
            return ValueTask.FromResult((binding ?? (bindings is [var newest, ..] ? newest : null))?.Target ?? flow);
        },
    };
}
