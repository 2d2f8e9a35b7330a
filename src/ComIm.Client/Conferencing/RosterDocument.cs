using System.Globalization;
using System.Xml.Linq;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Conferencing;

/// <summary>Who is in a room, or what has changed there: <c>application/conference-info+xml</c> (RFC 4575 section 5).</summary>
internal sealed record RosterDocument
{
    public const string ContentType = "application/conference-info+xml";

    private const int MaxCharacters = 1024 * 1024;
    private const int MaxUsers = 10_000;

    private static readonly XNamespace Info = "urn:ietf:params:xml:ns:conference-info";

    /// <summary>Whether it says everything; else what has changed.</summary>
    public bool IsFull { get; private init; }

    /// <summary>Goes up by one with every document of a subscription.</summary>
    public uint Version { get; private init; }

    /// <summary>What the room is about; null where the document does not say.</summary>
    public string? Subject { get; private init; }

    /// <summary>Whether the room is locked; null where the document does not say.</summary>
    public bool? IsLocked { get; private init; }

    /// <summary>Whether <see cref="Users"/> are all that there are.</summary>
    public bool HasAllUsers { get; private init; }

    public IReadOnlyList<RosterUser> Users { get; private init; } = [];

    /// <summary>Reads a document; null where it is none.</summary>
    public static RosterDocument? Read(ReadOnlyMemory<byte> content) =>
        BoundedXml.Read(content, MaxCharacters) is { } root ? Read(root) : null;

    private static RosterDocument? Read(XElement root)
    {
        if (root.Name != Info + "conference-info")
        {
            return null;
        }

        // What is left out is full (section 5.1).
        var isFull = root.Attribute("state")?.Value is null or "full";
        var users = root.Element(Info + "users");
        return new RosterDocument
        {
            IsFull = isFull,
            Version = uint.TryParse(root.Attribute("version")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
            Subject = root.Element(Info + "conference-description")?.Element(Info + "subject")?.Value,
            IsLocked = root.Element(Info + "conference-state")?.Element(Info + "locked")?.Value.Trim() switch
            {
                "true" or "1" => true,
                "false" or "0" => false,
                _ => null,
            },
            HasAllUsers = isFull && users?.Attribute("state")?.Value is null or "full",
            Users = [.. users?.Elements(Info + "user").Take(MaxUsers).Select(ReadUser).OfType<RosterUser>() ?? []],
        };
    }

    private static RosterUser? ReadUser(XElement user)
    {
        if (user.Attribute("entity")?.Value is not { } address)
        {
            return null;
        }

        var endpoint = user.Elements(Info + "endpoint").ToList();
        return new RosterUser(
            address,
            user.Attribute("state")?.Value == "deleted",
            user.Element(Info + "display-text")?.Value,
            user.Element(Info + "roles")?.Elements(Info + "entry").Select(e => RoleOf(e.Value.Trim())).Max(),
            endpoint.Count == 0 ? null : endpoint.Max(e => StateOf(e.Element(Info + "status")?.Value.Trim())));
    }

    // RFC 4575 leaves the names to each; these are the ones of Microsoft's conferences and the plain ones.
    private static ParticipantRole? RoleOf(string name) => name.ToUpperInvariant() switch
    {
        "PRESENTER" or "LEADER" or "MODERATOR" or "ORGANIZER" => ParticipantRole.Leader,
        _ => ParticipantRole.Attendee,
    };

    private static ParticipantState StateOf(string? status) => status switch
    {
        null or "connected" or "on-hold" or "muted-via-focus" => ParticipantState.Connected,
        "disconnected" or "disconnecting" => ParticipantState.Disconnected,
        _ => ParticipantState.Inviting,
    };
}
