using System.Net;
using System.Text;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Events;

public sealed class PublicationTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryWire _wire = new();
    private readonly Party _party;
    private readonly RawPeer _peer;
    private readonly Publication _publication;

    public PublicationTests()
    {
        _party = new Party(_wire, _clock, "alice", 5061, 5070);
        _peer = new RawPeer(_wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
        _publication = new Publication(_party.Agent, new PublicationSettings
        {
            Target = SipUri.Parse("sip:alice@example.com"),
            Identity = new NameAddress(SipUri.Parse("sip:alice@example.com")),
            Package = "presence",
            Lifetime = TimeSpan.FromSeconds(600),
        });
    }

    [Fact]
    public async Task Publish_InitialThenModify_NamesTheLastTag()
    {
        var first = await PublishAsync("open", "e1");
        Assert.Null(first.Headers.Get(HeaderId.SipIfMatch));
        Assert.Equal(("presence", "600", "open"), (first.Headers.Get(HeaderId.Event), first.Headers.Get(HeaderId.Expires), first.BodyText));
        var second = await PublishAsync("closed", "e2");
        Assert.Equal(("e1", "closed"), (second.Headers.Get(HeaderId.SipIfMatch), second.BodyText));
        Assert.Equal("e2", _publication.EntityTag);
        Assert.Equal((first.CallId, 2u), (second.CallId, second.CSeq!.Value.Number));
    }

    [Fact]
    public async Task Refresh_HasTheTagAndNoBody()
    {
        await PublishAsync("open", "e1");
        _clock.Advance(TimeSpan.FromSeconds(540.2));
        var refresh = await _peer.RequestAsync(SipMethods.Publish);
        Assert.Equal(("e1", string.Empty), (refresh.Headers.Get(HeaderId.SipIfMatch), refresh.BodyText));
    }

    [Fact]
    public async Task Refresh_412_PublishesFromTheStart()
    {
        await PublishAsync("open", "e1");
        _clock.Advance(TimeSpan.FromSeconds(540.2));
        _peer.Respond(await _peer.RequestAsync(SipMethods.Publish), 412, "p");
        var again = await _peer.RequestAsync(SipMethods.Publish);
        Assert.Equal((null, "open"), (again.Headers.Get(HeaderId.SipIfMatch), again.BodyText));
    }

    [Fact]
    public async Task Refresh_Refused_IsTold()
    {
        await PublishAsync("open", "e1");
        var lost = new TaskCompletionSource<int>();
        _publication.Lost += (_, outcome) => lost.TrySetResult(outcome.StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(540.2));
        _peer.Respond(await _peer.RequestAsync(SipMethods.Publish), 403, "p");
        Assert.Equal(403, await lost.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Publish_423_AsksForMore()
    {
        var outcome = _publication.PublishAsync(Body("open"));
        _peer.Respond(await _peer.RequestAsync(SipMethods.Publish), 423, "p", r => r.Headers.Add(HeaderId.MinExpires, "1800"));
        var second = await _peer.RequestAsync(SipMethods.Publish);
        Assert.Equal(("1800", "open"), (second.Headers.Get(HeaderId.Expires), second.BodyText));
        Grant(second, "e1", 1800);
        Assert.Equal(200, (await outcome).StatusCode);
    }

    [Fact]
    public async Task Remove_HasExpires0AndEndsRefreshing()
    {
        Assert.Null(await _publication.RemoveAsync());
        await PublishAsync("open", "e1");
        var outcome = _publication.RemoveAsync();
        var remove = await _peer.RequestAsync(SipMethods.Publish);
        Assert.Equal(("e1", "0", string.Empty), (remove.Headers.Get(HeaderId.SipIfMatch), remove.Headers.Get(HeaderId.Expires), remove.BodyText));
        Grant(remove, "e2", 0);
        Assert.Equal(200, (await outcome)!.StatusCode);
        Assert.Null(_publication.EntityTag);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, _wire.CountRequests(SipMethods.Publish));
    }

    [Fact]
    public async Task Remove_412_IsGoneAlready()
    {
        await PublishAsync("open", "e1");
        var outcome = _publication.RemoveAsync();
        _peer.Respond(await _peer.RequestAsync(SipMethods.Publish), 412, "p");
        Assert.Equal(412, (await outcome)!.StatusCode);
        Assert.Null(_publication.EntityTag);
        Assert.Equal(2, _wire.CountRequests(SipMethods.Publish));
    }

    public ValueTask DisposeAsync() => _party.DisposeAsync();

    private static SessionBody Body(string text) => new("application/pidf+xml", Encoding.UTF8.GetBytes(text));

    private async Task<SipRequest> PublishAsync(string text, string tag)
    {
        var outcome = _publication.PublishAsync(Body(text));
        var request = await _peer.RequestAsync(SipMethods.Publish);
        Grant(request, tag, 600);
        Assert.Equal(200, (await outcome).StatusCode);
        return request;
    }

    private void Grant(SipRequest request, string tag, int expires) => _peer.Respond(request, 200, "p", r =>
    {
        r.Headers.Add(HeaderId.SipETag, tag);
        r.Headers.Add(HeaderId.Expires, expires.ToString(System.Globalization.CultureInfo.InvariantCulture));
    });
}
