using ComIm.Client.Messaging;
using ComIm.Client.Storage;
using ComIm.Sip.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace ComIm.Client.Tests.Storage;

/// <summary>What was shown is known in the next run.</summary>
public sealed class SeenLogTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("comim-seen-");
    private readonly AccountFolder _folder;

    public SeenLogTests() =>
        _folder = AccountFolder.Open(new ImClientOptions { DataDirectory = _directory.FullName }, SipUri.Parse("sip:alice@example.com"))!;

    public void Dispose()
    {
        _folder.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Message_Seen_IsSeenInTheNextRun()
    {
        using (var log = Open())
        {
            var seen = new SeenMessages(log);
            Assert.True(seen.Add(Message("one", 1, "tag")));
            Assert.False(seen.Add(Message("one", 1, "tag")));
        }

        using var next = Open();
        var again = new SeenMessages(next);
        Assert.False(again.Add(Message("one", 1, "tag")));
        Assert.True(again.Add(Message("one", 2, "tag")));
        Assert.True(again.Add(Message("one", 1, "other")));
        Assert.True(again.Add(Message("two", 1, "tag")));
    }

    [Fact]
    public void Line_TornByAKill_IsPassedOver_AndTheNextIsWhole()
    {
        Append(1, 2);
        var file = Assert.Single(_directory.GetFiles("seen.log", SearchOption.AllDirectories));
        using (var stream = file.OpenWrite())
        {
            stream.SetLength(stream.Length - 5);
        }

        Append(3);
        using var log = Open();
        Assert.Equal([1, 3], log.Load());
    }

    [Fact]
    public void Log_Full_KeepsTheLatest()
    {
        using (var log = Open())
        {
            for (var i = 1; i <= (2 * SeenLog.Capacity) + 500; i++)
            {
                log.Append((UInt128)i);
            }
        }

        using var next = Open();
        var kept = next.Load().ToList();
        Assert.Equal(SeenLog.Capacity, kept.Count);
        Assert.Equal((UInt128)((2 * SeenLog.Capacity) + 500), kept[^1]);
        Assert.Equal(2, _directory.GetFiles("seen.log*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Memory_OfOneRun_IsBounded()
    {
        var seen = new SeenMessages();
        for (var i = 0u; i <= SeenLog.Capacity; i++)
        {
            seen.Add(Message("many", i, "tag"));
        }

        Assert.True(seen.Contains(Message("many", SeenLog.Capacity, "tag")));
        Assert.False(seen.Contains(Message("many", 0, "tag")));
    }

    private SeenLog Open() => new(_folder, NullLogger.Instance);

    private void Append(params int[] keys)
    {
        using var log = Open();
        foreach (var key in keys)
        {
            log.Append((UInt128)key);
        }
    }

    private static SipRequest Message(string callId, uint sequence, string tag)
    {
        var request = new SipRequest(SipMethods.Message, SipUri.Parse("sip:alice@example.com"));
        request.Headers.Add(HeaderId.From, $"<sip:bob@example.com>;tag={tag}");
        request.Headers.Add(HeaderId.CallId, callId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(sequence, SipMethods.Message).ToString());
        return request;
    }
}
