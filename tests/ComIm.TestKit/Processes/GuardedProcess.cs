using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ComIm.TestKit;

/// <summary>
/// A program that cannot outlive its test. It runs in a session of its own under a small shell that holds the reading end of a
/// pipe: when the pipe closes, because the test is done or because its host has died, the whole group is killed at once.
/// Linux only.
/// </summary>
public sealed class GuardedProcess : IAsyncDisposable
{
    // cat ends when the pipe does. A program that ends by itself takes its stragglers with it, and its code is passed on.
    private const string Guard = """
        exec 3<&0 </dev/null
        "$@" 3<&- &
        child=$!
        { cat <&3; kill -KILL 0; } >/dev/null 2>&1 &
        exec 3<&-
        wait "$child"
        code=$?
        trap '' TERM
        kill -TERM 0
        exit "$code"
        """;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StreamWriter? _log;
    private readonly Lock _gate = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GuardedProcess(Process process, StreamWriter? log)
    {
        _process = process;
        _log = log;
        process.OutputDataReceived += Received;
        process.ErrorDataReceived += Received;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = ExitAsync();
    }

    /// <summary>Completes with the exit code when the program and all it started are gone.</summary>
    public Task<int> Exited { get; }

    /// <summary>What it wrote so far, standard output and error in the order of arrival.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a program. Its output is also written to a file in COMIM_LOGS, where tests/run.sh keeps it after a failure.</summary>
    /// <param name="file">The program's path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="workingDirectory">Where it runs; the current directory by default.</param>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    public static GuardedProcess Start(
        string file,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Guard, "guard", file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        return new GuardedProcess(process, OpenLog(Path.GetFileName(file)));
    }

    /// <summary>Waits until its output matches, and returns the match.</summary>
    /// <exception cref="InvalidOperationException">It ended without such output.</exception>
    public async Task<Match> UntilOutputAsync(Regex pattern, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task more;
            string output;
            var exited = Exited.IsCompleted;
            lock (_gate)
            {
                more = _more.Task;
                output = _output.ToString();
            }

            if (pattern.Match(output) is { Success: true } match)
            {
                return match;
            }

            if (exited)
            {
                throw new InvalidOperationException($"The program ended without \"{pattern}\" in its output:\n{output}");
            }

            await Task.WhenAny(more, Exited).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Kills the program's whole group and returns when nothing of it is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await Exited.ConfigureAwait(false);
        _process.Dispose();
    }

    private static StreamWriter? OpenLog(string name)
    {
        var folder = Environment.GetEnvironmentVariable("COMIM_LOGS");
        return Directory.Exists(folder) ? new StreamWriter(Path.Combine(folder, $"{name}-{Guid.NewGuid():N}.txt")) : null;
    }

    private async Task<int> ExitAsync()
    {
        // Waits for the end of both pipes, too, and those stay open until the last member of the group has died.
        await _process.WaitForExitAsync().ConfigureAwait(false);
        if (_log is not null)
        {
            await _log.DisposeAsync().ConfigureAwait(false);
        }

        return _process.ExitCode;
    }

    private void Received(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is null)
        {
            return;
        }

        lock (_gate)
        {
            _output.AppendLine(e.Data);
            _log?.WriteLine(e.Data);
            _more.TrySetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
