using System.Text;
using System.Xml.Linq;
using ComIm.Client.Messaging;

namespace ComIm.Client.Conferencing;

/// <summary>What a leader asks of a room by INFO with <c>application/cccp+xml</c>, in the words of MS-CONFBAS.</summary>
internal static class RoomCommand
{
    private const string ContentType = "application/cccp+xml";

    private static readonly XNamespace Cccp = "urn:ietf:params:xml:ns:cccp";
    private static readonly XNamespace Info = "urn:ietf:params:xml:ns:conference-info";

    public static MessageContent Lock(string room, bool isLocked) => Write(
        room, new XElement(Cccp + "modifyConferenceLock", Keys(room), new XElement(Cccp + "locked", isLocked)));

    public static MessageContent Rename(string room, string? subject) => Write(room, new XElement(
        Cccp + "modifyConference",
        new XElement(
            Info + "conference-info",
            new XAttribute("entity", room),
            new XElement(Info + "conference-description", new XElement(Info + "subject", subject ?? string.Empty)))));

    public static MessageContent SetRole(string room, string user, ParticipantRole role) => Write(room, new XElement(
        Cccp + "modifyUserRoles",
        new XElement(Cccp + "userKeys", new XAttribute("confEntity", room), new XAttribute("userEntity", user)),
        new XElement(Info + "user-roles", new XElement(Info + "entry", role == ParticipantRole.Leader ? "presenter" : "attendee"))));

    private static XElement Keys(string room) => new(Cccp + "conferenceKeys", new XAttribute("confEntity", room));

    private static MessageContent Write(string room, XElement command)
    {
        var root = new XElement(
            Cccp + "request", new XAttribute("C3PVersion", "1"), new XAttribute("to", room), new XAttribute("requestId", "1"), command);
        return MessageContent.Of(ContentType, Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting)));
    }
}
