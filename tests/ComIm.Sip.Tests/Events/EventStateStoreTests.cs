using System.Text;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;

namespace ComIm.Sip.Tests.Events;

/// <summary>RFC 3903 section 6 and table 1 of section 4.1.</summary>
public sealed class EventStateStoreTests
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly EventStateStore _store;
    private int _tags;

    public EventStateStoreTests() =>
        _store = new EventStateStore(() => "t" + ++_tags, new EventStateLimits { MaxPerResource = 2 });

    [Fact]
    public void Initial_IsStoredUnderANewTag()
    {
        Assert.Equal(new EventStateResult(200, "t1", TimeSpan.FromSeconds(600), true), Publish(null, 600, "open"));
        Assert.Equal(["open"], Find());
    }

    [Fact]
    public void Refresh_ChangesTagAndTimeButNotState()
    {
        Publish(null, 600, "open");
        var refreshed = Publish("t1", 600, null, 500);
        Assert.Equal(new EventStateResult(200, "t2", TimeSpan.FromSeconds(600), false), refreshed);
        Assert.Equal(["open"], Find(1000));
        Assert.Equal(412, Publish("t1", 600, null, 500).StatusCode);
    }

    [Fact]
    public void Modify_ReplacesTheState()
    {
        Publish(null, 600, "open");
        Assert.True(Publish("t1", 600, "closed").Changed);
        Assert.Equal(["closed"], Find());
    }

    [Fact]
    public void Remove_LeavesNothing()
    {
        Publish(null, 600, "open");
        Assert.Equal(new EventStateResult(200, "t2", TimeSpan.Zero, true), Publish("t1", 0, null));
        Assert.Empty(Find());
        Assert.Equal(412, Publish("t2", 600, null).StatusCode);
        Assert.Null(_store.NextExpiry);
    }

    [Fact]
    public void SecondPublisher_HasItsOwn()
    {
        Publish(null, 600, "desk");
        Publish(null, 600, "phone");
        Assert.Equal(["desk", "phone"], Find());
        Publish("t1", 0, null);
        Assert.Equal(["phone"], Find());
    }

    [Theory]
    [InlineData(null, 600, null, 400)]
    [InlineData("strange", 600, "open", 412)]
    [InlineData(null, 30, "open", 423)]
    public void Request_ThatCannotBe_IsRefused(string? ifMatch, int expires, string? body, int status) =>
        Assert.Equal(status, Publish(ifMatch, expires, body).StatusCode);

    [Fact]
    public void Lifetime_TooLongOrMissing_IsOurs()
    {
        Assert.Equal(TimeSpan.FromHours(2), Publish(null, 1_000_000, "open").Lifetime);
        Assert.Equal(TimeSpan.FromHours(1), _store.Publish("sip:alice@example.com", "presence", null, null, Body("open"), Start).Lifetime);
    }

    [Fact]
    public void Expiry_ForgetsAndTellsWhose()
    {
        Publish(null, 600, "desk");
        Publish(null, 900, "phone");
        Assert.Equal(Start.AddSeconds(600), _store.NextExpiry);
        Assert.Empty(_store.Expire(Start.AddSeconds(599)));
        Assert.Equal([("sip:alice@example.com", "presence")], _store.Expire(Start.AddSeconds(600)));
        Assert.Equal(["phone"], Find(600));
        Assert.Equal(412, Publish("t1", 600, null, 600).StatusCode);
    }

    [Fact]
    public void Limit_OfPublications_Is503()
    {
        Publish(null, 600, "one");
        Publish(null, 600, "two");
        Assert.Equal(503, Publish(null, 600, "three").StatusCode);
        Assert.Equal(200, Publish(null, 600, "three", 601).StatusCode);
    }

    private static SessionBody Body(string text) => new("application/pidf+xml", Encoding.ASCII.GetBytes(text));

    private EventStateResult Publish(string? ifMatch, int expires, string? body, int at = 0) => _store.Publish(
        "sip:alice@example.com", "presence", ifMatch, TimeSpan.FromSeconds(expires), body is null ? null : Body(body), Start.AddSeconds(at));

    private string[] Find(int at = 0) =>
        [.. _store.Find("sip:alice@example.com", "presence", Start.AddSeconds(at)).Select(b => Encoding.ASCII.GetString(b.Content.Span))];
}
