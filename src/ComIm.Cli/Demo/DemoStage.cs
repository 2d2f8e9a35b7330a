using System.Net;
using System.Security.Cryptography;
using ComIm.Cli.Terminal;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Server;
using ComIm.Server.Storage;

namespace ComIm.Cli.Demo;

/// <summary>The server of the demo and the people who are signed in to it.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    /// <summary>The domain of the server.</summary>
    public const string Domain = "example.com";

    private static readonly string[] Names = ["alice", "bob", "carol"];

    private readonly Ladder _transcript;
    private readonly TimeProvider _clock;
    private readonly ImServer _server;
    private readonly DirectoryInfo _folder;
    private readonly Dictionary<string, string> _passwords;
    private readonly Dictionary<string, DemoPerson> _people = [];

    private DemoStage(Ladder transcript, TimeProvider clock, ImServer server, DirectoryInfo folder, Dictionary<string, string> passwords)
    {
        (_transcript, _clock, _server, _folder, _passwords) = (transcript, clock, server, folder, passwords);
        transcript.Write($"The server of {Domain} listens on {server.LocalEndPoint}, UDP and TCP.");
    }

    /// <summary>The first of the people, over UDP.</summary>
    public DemoPerson Alice => _people["alice"];

    /// <summary>The second, over TCP.</summary>
    public DemoPerson Bob => _people["bob"];

    /// <summary>How many messages have been delivered.</summary>
    public int Delivered { get; private set; }

    /// <summary>Starts the server.</summary>
    /// <param name="transcript">Where scenes and SIP messages are written.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public static async Task<DemoStage> OpenAsync(Ladder transcript, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Nobody types them, so they may as well be good ones.
        var passwords = Names.ToDictionary(n => n, _ => RandomNumberGenerator.GetHexString(24));
        var folder = Directory.CreateTempSubdirectory("comim-demo-");
        try
        {
            var server = await ImServer.StartAsync(
                new ImServerOptions
                {
                    Domain = Domain,
                    EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
                    Users = new UserList(passwords.Select(p => $"{p.Key}:{p.Value}")),
                    Store = new MessageStoreOptions { Path = Path.Combine(folder.FullName, "messages.db") },
                    TimeProvider = clock,
                },
                cancellationToken).ConfigureAwait(false);
            return new DemoStage(transcript, clock, server, folder, passwords);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Signs somebody in.</summary>
    /// <param name="name">alice, bob or carol.</param>
    /// <param name="transport">Over what.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task<DemoPerson> SignInAsync(string name, ImTransport transport, CancellationToken cancellationToken)
    {
        Begin($"{name} signs in over {transport.ToString().ToUpperInvariant()}");
        var settings = new ImAccountSettings
        {
            Address = $"sip:{name}@{Domain}",
            Password = _passwords[name],
            Server = _server.LocalEndPoint.ToString(),
            Transport = transport,
        };
        var session = await AccountSession.OpenAsync(settings, _clock, _transcript.For(name), cancellationToken).ConfigureAwait(false);
        return _people[name] = new DemoPerson(name, session);
    }

    /// <summary>Signs somebody out.</summary>
    /// <param name="person">Who.</param>
    public async Task SignOutAsync(DemoPerson person)
    {
        _people.Remove(person.Name);
        await person.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Writes what happens next.</summary>
    /// <param name="line">The line.</param>
    public void Begin(string line)
    {
        _transcript.Write("");
        _transcript.Write(line);
    }

    /// <summary>Writes what has come of it.</summary>
    /// <param name="line">The line.</param>
    public void Show(string line) => _transcript.Write("  " + line);

    /// <summary>Lets somebody read what was sent, and checks that it is the same.</summary>
    /// <param name="sent">What was sent.</param>
    /// <param name="recipient">Who reads.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task ReadAsync(ChatMessage sent, DemoPerson recipient, CancellationToken cancellationToken)
    {
        var received = await recipient.NextMessageAsync(cancellationToken).ConfigureAwait(false);
        if (received.Text != sent.Text || received.From != sent.From)
        {
            throw new CliException($"{recipient.Name} got another message than the one that {sent.From} wrote.");
        }

        Delivered++;
        Show($"{sent.Status}; {recipient.Name} reads from {received.From}: {SafeText.Indented(received.Text)}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people.Values.Reverse().ToList())
        {
            await person.DisposeAsync().ConfigureAwait(false);
        }

        await _server.DisposeAsync().ConfigureAwait(false);
        _folder.Delete(recursive: true);
    }
}
