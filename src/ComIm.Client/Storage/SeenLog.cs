using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Storage;

/// <summary>
/// The names of the messages that were shown, a line each, as hashes. A line that a kill has torn is passed over. Two files take turns:
/// when one is full it replaces the older.
/// </summary>
internal sealed class SeenLog : IDisposable
{
    /// <summary>How many are remembered at least.</summary>
    public const int Capacity = 10_000;

    private const int LineLength = 33;

    private readonly string _file;
    private readonly ILogger _log;
    private readonly List<UInt128> _loaded;
    private FileStream? _stream;
    private int _count;

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SeenLog(AccountFolder folder, ILogger log)
    {
        _file = Path.Combine(folder.Path, "seen.log");
        _log = log;
        var newest = Read(_file);
        _loaded = [.. Read(Older), .. newest];
        _count = newest.Count;
        if (folder.IsOwned)
        {
            // What a kill has torn is written over, or the next line would be lost with it.
            _stream = AccountFolder.Create(_file, FileMode.OpenOrCreate);
            _stream.Seek(_stream.Length / LineLength * LineLength, SeekOrigin.Begin);
        }
    }

    private string Older => _file + ".1";

    /// <summary>What was kept, oldest first.</summary>
    public IEnumerable<UInt128> Load() => _loaded.TakeLast(Capacity);

    /// <summary>Keeps one more. It is with the system when this returns, and so outlives the program, not a power cut.</summary>
    public void Append(UInt128 key)
    {
        if (_stream is null)
        {
            return;
        }

        try
        {
            if (_count >= Capacity)
            {
                _stream.Dispose();
                File.Move(_file, Older, overwrite: true);
                _stream = AccountFolder.Create(_file, FileMode.Create);
                _count = 0;
            }

            _stream.Write(Encoding.ASCII.GetBytes(key.ToString("x32", CultureInfo.InvariantCulture) + "\n"));
            _count++;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _log.LogError(e, "Messages that are shown can no longer be noted in {File}; one that comes again in a later run is shown again", _file);
            Dispose();
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private static List<UInt128> Read(string file)
    {
        var keys = new List<UInt128>();
        if (!File.Exists(file))
        {
            return keys;
        }

        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == LineLength - 1 && UInt128.TryParse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key))
            {
                keys.Add(key);
            }
        }

        return keys;
    }
}
