using System.Net;
using System.Text.RegularExpressions;

namespace ComIm.TestKit;

/// <summary>
/// Somebody with pidgin-sipe, a client of Microsoft's dialect that is none of our code: the driver of peer.c, compiled once, signed in
/// when <see cref="StartAsync"/> returns.
/// </summary>
public sealed class SipePeer : IAsyncDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);
    private static readonly Lazy<Task<string>> Driver = new(CompileAsync);

    private readonly GuardedProcess _process;
    private readonly string _folder;

    private SipePeer(GuardedProcess process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>What it has told so far.</summary>
    public string Output => _process.Output;

    /// <summary>Whether it can be built here.</summary>
    public static bool IsInstalled(out string reason)
    {
        if (!File.Exists("/usr/include/libpurple/purple.h"))
        {
            return Requires.Tool("libpurple-dev", out reason);
        }

        return File.Exists("/usr/lib/purple-2/libsipe.so") ? Requires.Tool("gcc", out reason) : Requires.Tool("pidgin-sipe", out reason);
    }

    /// <summary>Starts somebody at a server, over TCP: of UDP it knows nothing.</summary>
    public static async Task<SipePeer> StartAsync(string user, string domain, IPEndPoint server)
    {
        var driver = await Driver.Value.ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("comim-sipe-").FullName;

        // Neither a screen, nor a bus or a home that is somebody's.
        var nobody = "unix:path=" + Path.Combine(folder, "none");
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = folder,
            ["XDG_RUNTIME_DIR"] = folder,
            ["DISPLAY"] = null,
            ["DBUS_SESSION_BUS_ADDRESS"] = nobody,
            ["DBUS_SYSTEM_BUS_ADDRESS"] = nobody,
            ["LC_ALL"] = "C.UTF-8",
        };
        string[] arguments = [folder, $"{user}@{domain},{user}", "secret-" + user, server.ToString(), "tcp"];
        var peer = new SipePeer(GuardedProcess.Start(driver, arguments, folder, environment), folder);
        try
        {
            var outcome = await peer.UntilAsync("signed on|connection error .*").ConfigureAwait(false);
            return outcome.Value == "signed on" ? peer : throw new InvalidOperationException($"pidgin-sipe could not sign in: {outcome.Value}");
        }
        catch
        {
            await peer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits for a line, for half a minute unless told otherwise, and gives its groups.</summary>
    public async Task<Match> UntilAsync(string pattern, TimeSpan? patience = null)
    {
        try
        {
            return await _process.UntilOutputAsync(new Regex($"^(?:{pattern})$", RegexOptions.Multiline)).WaitAsync(patience ?? Guard).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"pidgin-sipe has not told '{pattern}', but:\n{Output}");
        }
    }

    /// <summary>The texts it has got from somebody so far, in their order.</summary>
    public IReadOnlyList<string> Received(string from) =>
        [.. Output.Split('\n').Where(line => line.StartsWith($"received {from} ", StringComparison.Ordinal)).Select(line => line[$"received {from} ".Length..])];

    /// <summary>Has it do something.</summary>
    public Task DoAsync(string command) => File.AppendAllTextAsync(Path.Combine(_folder, "commands"), command + "\n");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> CompileAsync()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Sipe", "peer.c");
        var driver = Path.ChangeExtension(source, null);

        // The plugin is to find the function of libxml2 that the driver has.
        const string Compile = "exec gcc -O1 -o \"$1\" \"$2\" $(pkg-config --cflags --libs purple) -Wl,--export-dynamic";
        var compiler = GuardedProcess.Start("/bin/sh", ["-c", Compile, "sh", driver, source]);
        await using (compiler.ConfigureAwait(false))
        {
            return await compiler.Exited.WaitAsync(TimeSpan.FromMinutes(2)).ConfigureAwait(false) == 0
                ? driver
                : throw new InvalidOperationException("The driver does not compile:\n" + compiler.Output);
        }
    }
}
