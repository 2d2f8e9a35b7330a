using System.Text.Json;
using ComIm.Client.Messaging;
using ComIm.Client.Storage;
using ComIm.Sip.Messages;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.History;

/// <summary>
/// Messages across runs: for each conversation a file of JSON lines that only grows, until it is full and the next begins; the
/// oldest is dropped. A line that a kill has torn is passed over, and so harms no other.
/// </summary>
internal sealed class HistoryStore
{
    private const int MaxFileBytes = 4 * 1024 * 1024;
    private const int MaxFiles = 4;
    private const int MaxConversations = 2000;
    private const string Extension = ".jsonl";

    private readonly string _path;
    private readonly bool _isOwned;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private bool _hasFailed;

    /// <summary>Opens it.</summary>
    public HistoryStore(AccountFolder folder, ILogger log)
    {
        _path = Path.Combine(folder.Path, "history");
        _isOwned = folder.IsOwned;
        _log = log;
        if (_isOwned)
        {
            AccountFolder.CreatePrivate(_path);
        }
    }

    /// <summary>With whom there is something.</summary>
    public IReadOnlyList<string> Peers
    {
        get
        {
            lock (_gate)
            {
                return [.. Current().OrderBy(f => f.LastWriteTimeUtc).Select(f => Lines(f.FullName).FirstOrDefault()?.Peer).OfType<string>()];
            }
        }
    }

    /// <summary>Writes a line. It is with the system when this returns, and so outlives the program, not a power cut.</summary>
    public void Append(SipUri peer, HistoryLine line)
    {
        if (!_isOwned)
        {
            return;
        }

        lock (_gate)
        {
            try
            {
                Write(peer, line);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (!_hasFailed)
                {
                    _log.LogError(e, "What is written with {Peer} cannot be kept in {Path}", peer, _path);
                }

                _hasFailed = true;
            }
        }
    }

    /// <summary>The messages with somebody, oldest first, with what became of each.</summary>
    /// <exception cref="ImException"><see cref="ImError.StorageFailed"/>: they cannot be read.</exception>
    public IReadOnlyList<ChatMessage> Read(SipUri peer)
    {
        lock (_gate)
        {
            try
            {
                var lines = Enumerable.Range(0, MaxFiles).Reverse().Select(n => NameOf(peer, n)).Where(File.Exists).SelectMany(Lines).ToList();
                var fates = new Dictionary<string, HistoryLine>(StringComparer.Ordinal);
                foreach (var line in lines.Where(l => l.Id is not null))
                {
                    fates[line.Id!] = line;
                }

                // One that was delivered again after a kill stands there twice.
                return [.. lines.Where(l => l.Direction is not null && l.Id is not null).DistinctBy(l => l.Id).Select(l => l.ToMessage(fates[l.Id!])).OfType<ChatMessage>()];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw AccountFolder.Failure($"What was written with {peer} cannot be read from {_path}: {e.Message}", e);
            }
        }
    }

    /// <summary>Forgets what was written with somebody.</summary>
    /// <exception cref="ImException"><see cref="ImError.StorageFailed"/>: it cannot be removed.</exception>
    public void Delete(SipUri peer)
    {
        lock (_gate)
        {
            if (!_isOwned)
            {
                throw AccountFolder.Failure($"Another program uses {_path}. Close it there, and sign in again.");
            }

            try
            {
                Delete(n => NameOf(peer, n));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw AccountFolder.Failure($"What was written with {peer} cannot be removed from {_path}: {e.Message}", e);
            }
        }
    }

    private void Write(SipUri peer, HistoryLine line)
    {
        var file = NameOf(peer, 0);
        var info = new FileInfo(file);
        if (info.Exists && info.Length >= MaxFileBytes)
        {
            for (var n = MaxFiles - 1; n > 0; n--)
            {
                if (File.Exists(NameOf(peer, n - 1)))
                {
                    File.Move(NameOf(peer, n - 1), NameOf(peer, n), overwrite: true);
                }
            }
        }
        else if (!info.Exists)
        {
            MakeRoom();
        }

        using var stream = AccountFolder.Create(file, FileMode.Append);
        if (stream.Length == 0)
        {
            stream.Write(Bytes(new HistoryLine { Peer = peer.ToString() }, startsNewLine: false));
        }

        stream.Write(Bytes(line, startsNewLine: !EndsWithLine(file)));
    }

    private static byte[] Bytes(HistoryLine line, bool startsNewLine)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(line, HistoryJson.Default.HistoryLine);
        return startsNewLine ? [(byte)'\n', .. json, (byte)'\n'] : [.. json, (byte)'\n'];
    }

    /// <summary>Whether the last line is whole.</summary>
    private static bool EndsWithLine(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return stream.Length == 0 || (stream.Seek(-1, SeekOrigin.End) >= 0 && stream.ReadByte() == '\n');
    }

    /// <summary>Drops the conversation that has been silent for longest, where there are too many.</summary>
    private void MakeRoom()
    {
        var files = Current().ToList();
        if (files.Count >= MaxConversations)
        {
            var oldest = files.MinBy(f => f.LastWriteTimeUtc)!.FullName[..^Extension.Length];
            Delete(n => n == 0 ? oldest + Extension : $"{oldest}.{n}{Extension}");
        }
    }

    private static void Delete(Func<int, string> nameOf)
    {
        for (var n = 0; n < MaxFiles; n++)
        {
            File.Delete(nameOf(n));
        }
    }

    /// <summary>The files that grow, not those that are full.</summary>
    private IEnumerable<FileInfo> Current() => Directory.Exists(_path)
        ? new DirectoryInfo(_path).EnumerateFiles("*" + Extension).Where(f => !f.Name[..^Extension.Length].Contains('.', StringComparison.Ordinal))
        : [];

    private static IEnumerable<HistoryLine> Lines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } text)
        {
            if (Parse(text) is { } line)
            {
                yield return line;
            }
        }
    }

    private static HistoryLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, HistoryJson.Default.HistoryLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string NameOf(SipUri peer, int number) =>
        Path.Combine(_path, AccountFolder.NameOf(peer) + (number == 0 ? string.Empty : "." + (char)('0' + number)) + Extension);
}
