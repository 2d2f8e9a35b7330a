using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Client.Tests.Sessions;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Presence;

/// <summary>What an account publishes, against a server that is scripted.</summary>
public sealed class PublishingTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly SessionPeer _peer = new();
    private ImAccount _alice = null!;

    public async Task InitializeAsync()
    {
        var client = new ImClient(new ImClientOptions { TimeProvider = _time });
        _alice = await _peer.SignInAsync(client, s => s with { DisplayName = "Alice" });
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _alice.CloseAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task Publication_IsRefreshed_AndAfterALossMadeAnew()
    {
        var publishing = _alice.Presence.PublishAsync(PresenceAvailability.Away, "out");
        var first = await _peer.RequestAsync(SipMethods.Publish);
        Assert.Equal(("presence", "application/pidf+xml"), (first.Request.Headers.Get(HeaderId.Event), first.Request.Headers.Get(HeaderId.ContentType)));
        Answer(first, "one");
        await publishing.WaitAsync(PresenceView.Guard);

        // A minute before its end it is refreshed, by its tag and without a body; this time in vain.
        _time.Advance(TimeSpan.FromSeconds(541));
        var refresh = await _peer.RequestAsync(SipMethods.Publish);
        Assert.Equal(("one", ""), (refresh.Request.Headers.Get(HeaderId.SipIfMatch), refresh.Request.BodyText));
        var armed = _time.UntilArmedAsync(_time.ArmedTimers + 1);
        refresh.Respond(503);
        await armed.WaitAsync(PresenceView.Guard);

        // A server that was restarted does not know the tag.
        _time.Advance(TimeSpan.FromSeconds(60));
        var again = await _peer.RequestAsync(SipMethods.Publish);
        Assert.Contains("out", again.Request.BodyText, StringComparison.Ordinal);
        again.Respond(412);
        var anew = await _peer.RequestAsync(SipMethods.Publish);
        Assert.Null(anew.Request.Headers.Get(HeaderId.SipIfMatch));
        Assert.Contains("out", anew.Request.BodyText, StringComparison.Ordinal);
        Answer(anew, "two");

        var changing = _alice.Presence.PublishAsync(PresenceAvailability.Online);
        var changed = await _peer.RequestAsync(SipMethods.Publish);
        Assert.Equal("two", changed.Request.Headers.Get(HeaderId.SipIfMatch));
        Answer(changed, "three");
        await changing.WaitAsync(PresenceView.Guard);
    }

    [Theory]
    [InlineData(403, ImError.Forbidden)]
    [InlineData(415, ImError.NotAccepted)]
    [InlineData(503, ImError.ServerFailure)]
    [InlineData(600, ImError.Rejected)]
    public async Task Publication_Refused_SaysWhy_AndNothingIsSaid(int status, ImError expected)
    {
        var publishing = _alice.Presence.PublishAsync(PresenceAvailability.Away);
        (await _peer.RequestAsync(SipMethods.Publish)).Respond(status);
        var error = await Assert.ThrowsAsync<ImException>(() => publishing.WaitAsync(PresenceView.Guard));
        Assert.Equal((expected, status), (error.Error, error.StatusCode));
        Assert.Equal(PresenceStatus.Unknown, _alice.Presence.Own);
    }

    [Theory]
    [InlineData(405)]
    [InlineData(489)]
    public async Task Publication_WhereTheServerKeepsNone_IsToldByTheAccount(int status)
    {
        var publishing = _alice.Presence.PublishAsync(PresenceAvailability.Away);
        (await _peer.RequestAsync(SipMethods.Publish)).Respond(status);
        await publishing.WaitAsync(PresenceView.Guard);
        Assert.False(_alice.Presence.IsKeptByServer);
        Assert.Equal(PresenceAvailability.Away, _alice.Presence.Own.Availability);
    }

    [Fact]
    public async Task Watchers_WhereTheServerDoesNotTell_SaysSo()
    {
        var following = _alice.Presence.FollowWatchersAsync();
        (await _peer.RequestAsync(SipMethods.Subscribe)).Respond(489);
        Assert.Equal(ImError.NotAccepted, (await Assert.ThrowsAsync<ImException>(() => following.WaitAsync(PresenceView.Guard))).Error);

        // It can be asked for again.
        var again = _alice.Presence.FollowWatchersAsync();
        (await _peer.RequestAsync(SipMethods.Subscribe)).Respond(200);
        await again.WaitAsync(PresenceView.Guard);
    }

    private static void Answer(ServerTransaction transaction, string tag)
    {
        var response = transaction.CreateResponse(200);
        response.Headers.Add(HeaderId.SipETag, tag);
        response.Headers.Add(HeaderId.Expires, "600");
        transaction.Respond(response);
    }
}
