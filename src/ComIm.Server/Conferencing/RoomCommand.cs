using System.Text;
using System.Xml.Linq;
using ComIm.Sip.Bodies;
using ComIm.Sip.Dialogs;

namespace ComIm.Server.Conferencing;

/// <summary>
/// What a member asks of the focus by INFO with <c>application/cccp+xml</c>, in the words of MS-CONFBAS: the name of the room, its
/// lock, a role. Exactly one of them is set.
/// </summary>
internal sealed record RoomCommand
{
    public const string ContentType = "application/cccp+xml";

    private const int MaxCharacters = 16 * 1024;

    private static readonly XNamespace Cccp = "urn:ietf:params:xml:ns:cccp";
    private static readonly XNamespace Info = "urn:ietf:params:xml:ns:conference-info";

    public string? Subject { get; private init; }

    public bool? Locked { get; private init; }

    /// <summary>Whose role; null where it is about none.</summary>
    public string? RoleOf { get; private init; }

    public RoomRole Role { get; private init; }

    /// <summary>The id that the answer repeats.</summary>
    public string RequestId { get; private init; } = string.Empty;

    /// <summary>Reads a command; null where it is none that is known.</summary>
    public static RoomCommand? Read(ReadOnlyMemory<byte> content) =>
        BoundedXml.Read(content, MaxCharacters) is { } root ? Read(root) : null;

    /// <summary>The answer to a command.</summary>
    public SessionBody Answer(bool isDone)
    {
        var root = new XElement(
            Cccp + "response", new XAttribute("requestId", RequestId), new XAttribute("C3PVersion", "1"), new XAttribute("code", isDone ? "success" : "failure"));
        return new SessionBody(ContentType, Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting)));
    }

    private static RoomCommand? Read(XElement root)
    {
        if (root.Name != Cccp + "request")
        {
            return null;
        }

        var id = root.Attribute("requestId")?.Value ?? string.Empty;
        var command = root.Elements().FirstOrDefault();
        return command?.Name.LocalName switch
        {
            "modifyConferenceLock" => command.Element(Cccp + "locked")?.Value.Trim() switch
            {
                "true" or "1" => new RoomCommand { RequestId = id, Locked = true },
                "false" or "0" => new RoomCommand { RequestId = id, Locked = false },
                _ => null,
            },
            "modifyUserRoles" => ReadRole(command, id),
            "modifyConference" => command.Descendants(Info + "subject").FirstOrDefault() is { } subject
                ? new RoomCommand { RequestId = id, Subject = subject.Value }
                : null,
            _ => null,
        };
    }

    private static RoomCommand? ReadRole(XElement command, string id)
    {
        var user = command.Element(Cccp + "userKeys")?.Attribute("userEntity")?.Value;
        RoomRole? role = command.Descendants(Info + "entry").FirstOrDefault()?.Value.Trim() switch
        {
            "presenter" => RoomRole.Leader,
            "attendee" => RoomRole.Attendee,
            _ => null,
        };
        return user is null || role is not { } known ? null : new RoomCommand { RequestId = id, RoleOf = user, Role = known };
    }
}
