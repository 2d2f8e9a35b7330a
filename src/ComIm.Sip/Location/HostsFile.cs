using System.Net;

namespace ComIm.Sip.Location;

/// <summary>The hosts file: names that this computer knows by itself.</summary>
internal static class HostsFile
{
    /// <summary>Where the file lies.</summary>
    public static string Path { get; } = OperatingSystem.IsWindows()
        ? System.IO.Path.Combine(Environment.SystemDirectory, "drivers", "etc", "hosts")
        : "/etc/hosts";

    /// <summary>The addresses of a name in this computer's file; empty where there are none or the file cannot be read.</summary>
    /// <param name="name">The name.</param>
    public static IReadOnlyList<IPAddress> Find(string name)
    {
        try
        {
            return Find(File.ReadLines(Path), name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The addresses of a name, in their order.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="name">The name.</param>
    public static IReadOnlyList<IPAddress> Find(IEnumerable<string> lines, string name)
    {
        var found = new List<IPAddress>();
        foreach (var line in lines)
        {
            // Most lines of a long file are about others; they cost one search.
            if (!line.Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var words = line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words.Skip(1).Contains(name, StringComparer.OrdinalIgnoreCase)
                && IPAddress.TryParse(words[0], out var address) && !found.Contains(address))
            {
                found.Add(address);
            }
        }

        return found;
    }
}
