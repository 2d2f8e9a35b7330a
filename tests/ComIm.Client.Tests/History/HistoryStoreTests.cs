using ComIm.Client.History;
using ComIm.Client.Messaging;
using ComIm.Client.Storage;
using ComIm.Sip.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace ComIm.Client.Tests.History;

public sealed class HistoryStoreTests : IDisposable
{
    private static readonly SipUri Alice = SipUri.Parse("sip:alice@example.com");
    private static readonly SipUri Bob = SipUri.Parse("sip:../bob@example.com");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("comim-history-");
    private readonly AccountFolder _folder;

    public HistoryStoreTests() => _folder = AccountFolder.Open(new ImClientOptions { DataDirectory = _directory.FullName }, Alice)!;

    private FileInfo File => Assert.Single(_directory.GetFiles("*.jsonl", SearchOption.AllDirectories));

    public void Dispose()
    {
        _folder.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Line_TornByAKill_HarmsNoOther()
    {
        Open().Append(Bob, Line("one"));
        Open().Append(Bob, Line("torn"));
        using (var stream = File.OpenWrite())
        {
            stream.SetLength(stream.Length - 20);
        }

        Assert.Equal(["one"], Open().Read(Bob).Select(m => m.Text));
        Open().Append(Bob, Line("two"));
        Assert.Equal(["one", "two"], Open().Read(Bob).Select(m => m.Text));
        Assert.Equal([Bob.ToString()], Open().Peers);
    }

    [Fact]
    public void Message_WhoseEndNobodySaw_HasFailedWithACause()
    {
        Open().Append(Bob, Line("lost", MessageStatus.Sending));
        var message = Assert.Single(Open().Read(Bob));
        Assert.Equal((MessageStatus.Failed, ImError.Timeout), (message.Status, message.Failure!.Error));
    }

    [Fact]
    public void Message_KeptTwice_IsReadOnce()
    {
        Open().Append(Bob, Line("same"));
        Open().Append(Bob, Line("same"));
        Assert.Single(Open().Read(Bob));
    }

    [Fact]
    public void File_Full_BeginsTheNext_AndTheOldestIsDropped()
    {
        var store = Open();
        var text = new string('x', 256 * 1024);
        for (var i = 0; i < 80; i++)
        {
            store.Append(Bob, Line($"{i} {text}"));
        }

        var files = _directory.GetFiles("*.jsonl", SearchOption.AllDirectories);
        Assert.Equal(4, files.Length);
        Assert.InRange(files.Sum(f => f.Length), 12_000_000, 18_000_000);
        var read = store.Read(Bob).Select(m => int.Parse(m.Text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(80 - read.Count, read.Count), read);
        Assert.Equal([Bob.ToString()], store.Peers);
        store.Delete(Bob);
        Assert.Empty(_directory.GetFiles("*.jsonl", SearchOption.AllDirectories));
    }

    [Fact]
    public void Files_OfAnyAddress_AreInTheFolder()
    {
        Open().Append(Bob, Line("one"));
        Assert.Equal(Path.Combine(_folder.Path, "history"), File.DirectoryName);
    }

    [Fact]
    public void Files_AreTheUsersOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            // There they have the rights of the profile that they are in.
            return;
        }

        Open().Append(Bob, Line("one"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File.FullName));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(_folder.Path));
    }

    private HistoryStore Open() => new(_folder, NullLogger.Instance);

    private static HistoryLine Line(string text, MessageStatus status = MessageStatus.Delivered) => HistoryLine.Of(
        new ChatMessage(text.Length > 100 ? text[..10] : text, MessageDirection.Outgoing, Alice.ToString(), Bob.ToString(), text, DateTimeOffset.UnixEpoch) { Status = status });
}
