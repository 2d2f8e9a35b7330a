using System.Globalization;
using System.Text;
using ComIm.Client;

namespace ComIm.Com.UccApi.Objects.Tracing;

/// <summary>
/// The trace file of an application: every SIP message with its secrets blanked. A file that has grown to
/// <see cref="Capacity"/> becomes the .bak beside it, and what was that is gone. A disk that is full ends the trace, not the chat.
/// </summary>
internal sealed class TraceLog : IDisposable
{
    /// <summary>The most bytes of one file; there are two at most.</summary>
    public const long Capacity = 16 * 1024 * 1024;

    private const int MaxNameLength = 100;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly long _capacity;
    private FileStream? _file;

    private TraceLog(string path, long capacity, FileStream file) => (_path, _capacity, _file) = (path, capacity, file);

    /// <summary>Where the trace of an application is, in a folder.</summary>
    public static string PathOf(string folder, string applicationName)
    {
        var name = string.Concat(applicationName.Take(MaxNameLength).Select(c => char.IsControl(c) || "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c));
        return Path.Combine(folder, name + ".uccapilog");
    }

    /// <summary>Opens a file; what stands in it is kept.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static TraceLog Open(string path, long capacity = Capacity)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new TraceLog(path, capacity, OpenFile(path));
    }

    /// <summary>Writes a SIP message.</summary>
    public void Write(ImTraceEntry entry) =>
        Write(entry.Time, $"{entry.Local} {(entry.Sent ? "->" : "<-")} {entry.Remote} {entry.Transport}\r\n{entry.Text}\r\n");

    /// <summary>Writes a line of our own.</summary>
    public void Write(DateTimeOffset time, string text)
    {
        var line = Encoding.UTF8.GetBytes($"{time.ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture)} {text}\r\n");
        lock (_gate)
        {
            try
            {
                if (_file?.Length + line.Length > _capacity)
                {
                    StartAnother();
                }

                _file?.Write(line);
                _file?.Flush();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Close();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    private void StartAnother()
    {
        Close();
        File.Move(_path, _path + ".bak", overwrite: true);
        _file = OpenFile(_path);
    }

    private void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is lost.
        }

        _file = null;
    }

    // What is said in chats is nobody else's to read: a folder of the user, and on other systems a file of the user's own.
    private static FileStream OpenFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
