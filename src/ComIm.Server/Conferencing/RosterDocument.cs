using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ComIm.Sip.Dialogs;

namespace ComIm.Server.Conferencing;

/// <summary>Writes who is in a room, as <c>application/conference-info+xml</c> (RFC 4575 section 5), whole or what has changed.</summary>
internal static class RosterDocument
{
    public const string ContentType = "application/conference-info+xml";

    private static readonly XNamespace Info = "urn:ietf:params:xml:ns:conference-info";

    /// <summary>Everything.</summary>
    public static SessionBody Full(RoomFacts room, IEnumerable<RoomMember> members) => Write(
        room, "full", Description(room, "full"), new XElement(Info + "users", new XAttribute("state", "full"), members.Select(User)));

    /// <summary>Members who have come or changed.</summary>
    public static SessionBody Changed(RoomFacts room, params IEnumerable<RoomMember> members) => Write(
        room, "partial", null, new XElement(Info + "users", new XAttribute("state", "partial"), members.Select(User)));

    /// <summary>A member who is gone.</summary>
    public static SessionBody Gone(RoomFacts room, string address) => Write(
        room, "partial", null, new XElement(
            Info + "users",
            new XAttribute("state", "partial"),
            new XElement(Info + "user", new XAttribute("entity", address), new XAttribute("state", "deleted"))));

    /// <summary>The room itself has changed: its subject, its lock.</summary>
    public static SessionBody Renamed(RoomFacts room) => Write(room, "partial", Description(room, "full"), null);

    private static SessionBody Write(RoomFacts room, string state, XElement? description, XElement? users)
    {
        var root = new XElement(
            Info + "conference-info",
            new XAttribute("entity", room.Uri),
            new XAttribute("state", state),
            new XAttribute("version", room.Version.ToString(CultureInfo.InvariantCulture)),
            description,
            new XElement(
                Info + "conference-state",
                new XElement(Info + "user-count", room.UserCount),
                new XElement(Info + "active", true),
                new XElement(Info + "locked", room.IsLocked)),
            users);
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root.ToString(SaveOptions.DisableFormatting);
        return new SessionBody(ContentType, Encoding.UTF8.GetBytes(text));
    }

    private static XElement Description(RoomFacts room, string state) => new(
        Info + "conference-description",
        new XAttribute("state", state),
        new XElement(Info + "subject", room.Subject ?? string.Empty),
        new XElement(
            Info + "conf-uris",
            new XElement(Info + "entry", new XElement(Info + "uri", room.Uri), new XElement(Info + "purpose", "participation"))));

    private static XElement User(RoomMember member) => new(
        Info + "user",
        new XAttribute("entity", member.Address),
        new XAttribute("state", "full"),
        member.DisplayName is { } name ? new XElement(Info + "display-text", name) : null,
        new XElement(Info + "roles", new XElement(Info + "entry", NameOf(member.Role))),
        new XElement(
            Info + "endpoint",
            new XAttribute("entity", member.Address),
            new XAttribute("state", "full"),
            new XElement(Info + "status", member.IsConnected ? "connected" : "dialing-out"),
            new XElement(Info + "joining-method", member.IsDialedOut ? "dialed-out" : "dialed-in")));

    /// <summary>The names of roles in Microsoft's conferences, which RFC 4575 leaves to each.</summary>
    public static string NameOf(RoomRole role) => role == RoomRole.Leader ? "presenter" : "attendee";
}
