using System.Globalization;
using System.Text;
using ComIm.Client;

namespace ComIm.PowerShell;

/// <summary>A transcript of SIP messages, whole and with secrets blanked, to read and to send to support.</summary>
internal sealed class TraceFile : IDisposable
{
    private readonly StreamWriter _writer;

    private TraceFile(string path, StreamWriter writer)
    {
        Path = path;
        _writer = writer;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Opens a file for writing; only its owner may read it, meanwhile too: it holds what people wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="append">Whether what stands in it is kept.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static TraceFile Open(string path, bool append)
    {
        var options = new FileStreamOptions { Mode = append ? FileMode.Append : FileMode.Create, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            // Of a file that is made; one that is there keeps its own.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(path, options);
        return new TraceFile(path, new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
    }

    /// <summary>Writes an entry. A disk that is full ends the trace, not the chat.</summary>
    /// <param name="entry">The entry.</param>
    public void Write(ImTraceEntry entry)
    {
        var time = entry.Time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        try
        {
            _writer.Write($"{time} {entry.Local} {(entry.Sent ? "->" : "<-")} {entry.Remote} {entry.Transport}\n{entry.Text}\n\n");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is lost.
        }
    }
}
