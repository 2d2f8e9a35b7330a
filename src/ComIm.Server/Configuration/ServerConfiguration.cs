using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using ComIm.Server.Conferencing;
using ComIm.Server.Limits;
using ComIm.Server.Storage;

namespace ComIm.Server.Configuration;

/// <summary>The configuration file of a server, in JSON; comments and trailing commas are allowed, names that nobody knows are not.</summary>
public sealed record ServerConfiguration
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The domain whose users it serves; <c>example.com</c>.</summary>
    public string Domain { get; init; } = "example.com";

    /// <summary>Address and port for UDP and TCP; <c>127.0.0.1:5060</c>.</summary>
    public string Listen { get; init; } = "127.0.0.1:5060";

    /// <summary>TLS, where there is a certificate.</summary>
    public TlsConfiguration? Tls { get; init; }

    /// <summary>Names and passwords.</summary>
    public Dictionary<string, string> Users { get; init; } = [];

    /// <summary>A file of further users, a line each: <c>name:password</c>.</summary>
    public string? UsersFile { get; init; }

    /// <summary>The file in which messages for users who are away, and registrations over UDP, are kept; without it none are.</summary>
    public string? Store { get; init; }

    /// <summary>Who may see whose presence, by user; users who are not named show themselves to all users of the domain.</summary>
    public Dictionary<string, WatcherConfiguration> Watchers { get; init; } = [];

    /// <summary>The conference focus: its address and its bounds.</summary>
    public ConferenceConfiguration Conferences { get; init; } = new();

    /// <summary>Bounds; those that are not named keep their defaults.</summary>
    public LimitConfiguration Limits { get; init; } = new();

    /// <summary>Reads a configuration file. Paths in it are relative to it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">It says something that cannot be; passwords are not repeated.</exception>
    /// <exception cref="IOException">It, or a file that it names, cannot be read.</exception>
    public static ImServerOptions Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            var text = File.ReadAllBytes(path);
            var configuration = JsonSerializer.Deserialize<ServerConfiguration>(text, Format) ?? throw new FormatException("The file holds nothing.");
            return configuration.ToOptions(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (JsonException e)
        {
            // The message of a JsonException may repeat a value; the place is enough, and who logs the cause must not find it there.
            throw new FormatException($"{e.Path ?? "The file"} is not as expected (line {e.LineNumber + 1}).");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private ImServerOptions ToOptions(string folder)
    {
        var endPoint = ListenEndPoint();
        return new ImServerOptions
        {
            Domain = Domain,
            EndPoint = endPoint,
            Users = ReadUsers(folder),
            Certificate = ReadCertificate(folder),
            TlsPort = Tls?.Port,
            Store = Store is null ? null : Limits.ApplyTo(new MessageStoreOptions { Path = Path.Combine(folder, Store) }),
            Limits = Limits.ApplyTo(new ServerLimits()),
            Conferences = ReadConferences(),
            Watchers = WatcherConfiguration.ToRules(Watchers),
        };
    }

    private IPEndPoint ListenEndPoint() => IPEndPoint.TryParse(Listen, out var endPoint) && Listen.Contains(':', StringComparison.Ordinal)
        ? endPoint
        : throw new FormatException($"$.listen '{Listen}' is not of the form address:port, such as 127.0.0.1:5060.");

    private ConferenceOptions ReadConferences()
    {
        var conferences = Conferences.ToOptions();
        return Users.ContainsKey(conferences.FactoryUser)
            ? throw new FormatException($"$.conferences.factory '{conferences.FactoryUser}' is also the name of a user.")
            : conferences;
    }

    private UserList ReadUsers(string folder)
    {
        var lines = UsersFile is null ? [] : File.ReadAllLines(Path.Combine(folder, UsersFile));
        if (Users.Keys.FirstOrDefault(n => n.Length == 0 || n.Contains(':', StringComparison.Ordinal)) is { } name)
        {
            throw new FormatException($"$.users '{name}' is not a user name.");
        }

        var all = new UserList([.. lines, .. Users.Select(u => $"{u.Key}:{u.Value}")]);
        return all.Count > 0 ? all : throw new FormatException("$.users names nobody, and there is no usersFile that does.");
    }

    private X509Certificate2? ReadCertificate(string folder)
    {
        if (Tls is null)
        {
            return null;
        }

        try
        {
            var certificate = Path.Combine(folder, Tls.Certificate);
            return X509Certificate2.CreateFromPemFile(certificate, Tls.Key is null ? null : Path.Combine(folder, Tls.Key));
        }
        catch (CryptographicException e)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"$.tls: {Tls.Certificate} and its key are no pair in PEM."), e);
        }
    }
}
