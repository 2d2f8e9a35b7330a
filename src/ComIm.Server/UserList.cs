namespace ComIm.Server;

/// <summary>Users from a file or the command line, one <c>name:password</c> each.</summary>
public sealed class UserList : IUserStore
{
    private readonly Dictionary<string, string> _passwords = new(StringComparer.Ordinal);

    /// <summary>Reads users.</summary>
    /// <param name="entries"><c>name:password</c> each; blank entries and those that begin with # are passed over.</param>
    /// <exception cref="FormatException">An entry has no colon, or a name stands twice.</exception>
    public UserList(IEnumerable<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var line = 0;
        foreach (var entry in entries.Select(e => e.Trim()))
        {
            line++;
            if (entry.Length == 0 || entry[0] == '#')
            {
                continue;
            }

            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                // The entry itself may be a password, so it is not repeated.
                throw new FormatException($"User entry {line} is not of the form name:password.");
            }

            if (!_passwords.TryAdd(entry[..colon], entry[(colon + 1)..]))
            {
                throw new FormatException($"User '{entry[..colon]}' is named twice (entry {line}).");
            }
        }
    }

    /// <summary>How many users there are.</summary>
    public int Count => _passwords.Count;

    /// <inheritdoc/>
    public string? FindPassword(string userName) => _passwords.GetValueOrDefault(userName);
}
