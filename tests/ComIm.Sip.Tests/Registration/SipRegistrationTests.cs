using ComIm.Sip.Messages;
using ComIm.Sip.Registration;
using static ComIm.Sip.Tests.Registration.RegistrarFixture;

namespace ComIm.Sip.Tests.Registration;

public sealed class SipRegistrationTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Register_Granted_IsRefreshedBeforeItEnds()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, _) => Grant(r, ";expires=600"));
        Assert.True((await fixture.RegisterAsync()).IsSuccess);

        fixture.Clock.Advance(TimeSpan.FromSeconds(539));
        Assert.Single(requests);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        await fixture.UntilAsync(RegistrationState.Registered);

        Assert.Equal(2, requests.Count);
        Assert.Equal(requests[0].CallId, requests[1].CallId);
        Assert.Equal(requests[0].From!.Tag, requests[1].From!.Tag);
        Assert.True(requests[1].CSeq!.Value.Number > requests[0].CSeq!.Value.Number);
    }

    [Fact]
    public async Task Register_423_IsTriedOnceWithTheLeastThatIsTaken()
    {
        await using var fixture = new RegistrarFixture(s => s with { Lifetime = TimeSpan.FromSeconds(60) });
        var requests = fixture.Serve((r, _) => r.Headers.Get(HeaderId.Expires) == "60" ? Answer(r, 423, "Min-Expires: 1800") : Grant(r, ";expires=1800"));
        Assert.True((await fixture.RegisterAsync()).IsSuccess);
        Assert.Equal(["60", "1800"], requests.Select(r => r.Headers.Get(HeaderId.Expires)));
    }

    [Fact]
    public async Task Register_423WithoutEnd_IsGivenUp()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, n) => Answer(r, 423, $"Min-Expires: {3600 + n}"));
        Assert.Equal(423, (await fixture.RegisterAsync()).StatusCode);
        Assert.Equal(2, requests.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("4294967295")]
    public async Task Register_AbsurdLifetimeGranted_NeitherSpinsNorBreaks(string expires)
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, _) => Grant(r, ";expires=" + expires));
        Assert.True((await fixture.RegisterAsync()).IsSuccess);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Single(requests);
    }

    [Fact]
    public async Task Register_SeveralContacts_AreOneRequestAndTheListIsTyped()
    {
        await using var fixture = new RegistrarFixture(s => s with
        {
            InstanceId = "urn:uuid:00000000-0000-1000-8000-000A95A0E128",
            RegId = 1,
            FurtherContacts = [new NameAddress(SipUri.Parse("sip:alice@192.0.2.9")).With("q", "0.5")],
        });
        var requests = fixture.Serve((r, _) => Answer(
            r,
            200,
            "Contact: <sip:alice@127.0.0.1:5070>;expires=3600;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\";reg-id=1",
            "Contact: <sip:alice@192.0.2.9>;q=0.5;expires=600, \"Phone, old\" <tel:+15550100>;expires=30"));
        await fixture.RegisterAsync();

        var contacts = requests[0].Headers.GetValues(HeaderId.Contact);
        Assert.Equal(
            ["<sip:alice@127.0.0.1:5070>;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\";reg-id=1", "<sip:alice@192.0.2.9>;q=0.5"], contacts);
        Assert.Equal("path, outbound", requests[0].Headers.Get(HeaderId.Supported));

        var bindings = fixture.Registration.Bindings;
        Assert.Equal(3, bindings.Count);
        Assert.Equal(("urn:uuid:00000000-0000-1000-8000-000A95A0E128", 1), (bindings[0].InstanceId, bindings[0].RegId));
        Assert.Equal((TimeSpan.FromMinutes(10), 0.5m), (bindings[1].Expires, bindings[1].Q));
        Assert.Equal((null, "tel:+15550100"), (bindings[2].Contact, bindings[2].ContactText));

        // The shortest of ours counts, not that of a stranger's.
        fixture.Clock.Advance(TimeSpan.FromSeconds(530));
        Assert.Single(requests);
        fixture.Clock.Advance(TimeSpan.FromSeconds(20));
        await fixture.UntilAsync(RegistrationState.Registered);
        Assert.Equal(2, requests.Count);
    }

    [Fact]
    public async Task Register_Gruu_IsAskedForReadAndUsed()
    {
        await using var fixture = new RegistrarFixture(s => s with { InstanceId = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", WantsGruu = true });
        var requests = fixture.Serve((r, _) => Grant(
            r,
            ";pub-gruu=\"sip:alice@example.com;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\";temp-gruu=\"sip:tgruu.7hs==jd7vnzga5w7fajsc7-ajd6fabz0f8g5@example.com;gr\";expires=3600"));
        Assert.Equal(fixture.Settings.Contact, fixture.Registration.DialogContact);
        await fixture.RegisterAsync();

        Assert.Equal("gruu", requests[0].Headers.Get(HeaderId.Supported));
        var own = Assert.Single(fixture.Registration.Bindings);
        Assert.Equal("sip:tgruu.7hs==jd7vnzga5w7fajsc7-ajd6fabz0f8g5@example.com;gr", own.TemporaryGruu!.ToString());
        Assert.Equal(own.PublicGruu, fixture.Registration.DialogContact);
        Assert.Equal("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", own.PublicGruu!.Parameters.Get("gr"));
    }

    [Theory]
    [InlineData("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")]
    [InlineData("urn:uuid:x>\";evil=\"")]
    public void Settings_InstanceThatIsNoUrn_IsRefused(string instance) =>
        Assert.Throws<ArgumentException>(() => new RegistrarFixture(s => s with { InstanceId = instance }));

    [Fact]
    public async Task Unregister_Ours_RemovesOurContactsAndStopsTheTimer()
    {
        await using var fixture = new RegistrarFixture(s => s with { FurtherContacts = [new NameAddress(SipUri.Parse("sip:alice@192.0.2.9")).With("expires", "60")] });
        var requests = fixture.Serve((r, _) => r.Headers.Get(HeaderId.Expires) == "0" ? Answer(r, 200) : Grant(r, string.Empty));
        await fixture.RegisterAsync();

        Assert.True((await fixture.Registration.UnregisterAsync().WaitAsync(Guard))!.IsSuccess);
        Assert.Equal(RegistrationState.Unregistering, (await fixture.NextStateAsync()).State);
        Assert.Equal(RegistrationState.Unregistered, (await fixture.NextStateAsync()).State);
        Assert.Equal(["<sip:alice@127.0.0.1:5070>", "<sip:alice@192.0.2.9>;expires=0"], requests[1].Headers.GetValues(HeaderId.Contact));
        Assert.Empty(fixture.Registration.Bindings);

        fixture.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, requests.Count);
        Assert.Null(await fixture.Registration.UnregisterAsync().WaitAsync(Guard));
    }

    [Fact]
    public async Task RemoveAll_Registered_SendsAStar()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, n) => n == 1 ? Grant(r) : Answer(r, 200));
        await fixture.RegisterAsync();
        Assert.True((await fixture.Registration.RemoveAllAsync().WaitAsync(Guard)).IsSuccess);
        Assert.Equal(("*", "0"), (requests[1].Headers.Get(HeaderId.Contact), requests[1].Headers.Get(HeaderId.Expires)));
        Assert.Equal(RegistrationState.Unregistered, fixture.Registration.State);
    }

    [Fact]
    public async Task Remove_AnotherDevice_LeavesOursAndListsTheRest()
    {
        await using var fixture = new RegistrarFixture();
        const string Ours = "Contact: <sip:alice@127.0.0.1:5070>;expires=3600";
        var requests = fixture.Serve((r, n) => n < 3
            ? Answer(r, 200, Ours, "Contact: <sip:alice@192.0.2.77>;expires=99")
            : Answer(r, 200, Ours));
        await fixture.RegisterAsync();
        await fixture.Registration.QueryAsync().WaitAsync(Guard);
        Assert.False(requests[1].Headers.Contains(HeaderId.Contact));

        var other = fixture.Registration.Bindings.Single(b => b.Contact!.Host == "192.0.2.77");
        await fixture.Registration.RemoveAsync(other.Contact!).WaitAsync(Guard);
        Assert.Equal(("<sip:alice@192.0.2.77>", "0"), (requests[2].Headers.Get(HeaderId.Contact), requests[2].Headers.Get(HeaderId.Expires)));
        Assert.Equal(RegistrationState.Registered, fixture.Registration.State);
        Assert.Single(fixture.Registration.Bindings);
    }

    [Fact]
    public async Task Refresh_503WithRetryAfter_WaitsAsLongAsAsked()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, n) => n == 2 ? Answer(r, 503, "Retry-After: 300") : Grant(r));
        await fixture.RegisterAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(3541));
        Assert.Equal(503, (await fixture.UntilAsync(RegistrationState.Recovering))!.StatusCode);

        fixture.Clock.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(2, requests.Count);
        fixture.Clock.Advance(TimeSpan.FromSeconds(32));
        await fixture.UntilAsync(RegistrationState.Registered);
        Assert.Equal(3, requests.Count);
    }

    [Fact]
    public async Task Refresh_ServerSilent_RecoversWhenItIsBack()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, _) => Grant(r));
        await fixture.RegisterAsync();

        fixture.Wire.Lose = _ => true;
        fixture.Clock.Advance(TimeSpan.FromSeconds(3541));
        await fixture.UntilAsync(RegistrationState.Refreshing);
        await fixture.Wire.RequestAsync(SipMethods.Register, 2);
        fixture.Clock.Advance(TimeSpan.FromSeconds(33));
        Assert.NotNull((await fixture.UntilAsync(RegistrationState.Recovering))!.Failure);

        fixture.Wire.Lose = _ => false;
        fixture.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(RegistrationState.Retrying, (await fixture.NextStateAsync()).State);
        await fixture.UntilAsync(RegistrationState.Registered);
        Assert.Equal(2, requests.Count);
    }

    [Fact]
    public async Task Refresh_Forbidden_IsNotTriedAgain()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, n) => n == 1 ? Grant(r) : Answer(r, 403));
        await fixture.RegisterAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(3541));
        await fixture.UntilAsync(RegistrationState.Rejected);
        fixture.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(2, requests.Count);
    }

    [Fact]
    public async Task ConnectionLost_Registered_RefreshesSoon()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, _) => Grant(r));
        await fixture.RegisterAsync();
        fixture.Registration.OnConnectionLost();
        fixture.Clock.Advance(TimeSpan.FromSeconds(1.1));
        await fixture.UntilAsync(RegistrationState.Registered);
        Assert.Equal(2, requests.Count);
    }

    [Fact]
    public async Task Clock_JumpsWhileSuspended_RefreshesAtOnce()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, _) => Grant(r));
        await fixture.RegisterAsync();

        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(requests);
        fixture.Clock.Jump(TimeSpan.FromHours(8));
        fixture.Clock.Advance(ClockJumpWatch.Interval);
        await fixture.UntilAsync(RegistrationState.Registered);
        Assert.Equal(2, requests.Count);
    }

    [Fact]
    public async Task Clock_SetByAFewSeconds_MeansNothing()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, _) => Grant(r));
        await fixture.RegisterAsync();
        fixture.Clock.Jump(TimeSpan.FromSeconds(10));
        fixture.Clock.Advance(ClockJumpWatch.Interval);
        fixture.Clock.Jump(TimeSpan.FromHours(-8));
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(requests);
    }

    [Fact]
    public async Task Register_Cancelled_CanBeDoneAgain()
    {
        await using var fixture = new RegistrarFixture();
        fixture.Wire.Lose = _ => true;
        var requests = fixture.Serve((r, _) => Grant(r));
        using var stop = new CancellationTokenSource();
        var registering = fixture.Registration.RegisterAsync(stop.Token);
        await fixture.Wire.RequestAsync(SipMethods.Register);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => registering);
        await fixture.UntilAsync(RegistrationState.Unregistered);

        fixture.Wire.Lose = _ => false;
        Assert.True((await fixture.RegisterAsync()).IsSuccess);
        Assert.Single(requests);
    }

    [Fact]
    public async Task Register_SeveralAtOnce_GoOutOneAfterTheOther()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, _) => Grant(r));
        var all = Enumerable.Range(0, 8).Select(_ => fixture.Registration.RegisterAsync()).ToList();
        var outcomes = await Task.WhenAll(all).WaitAsync(Guard);
        Assert.All(outcomes, o => Assert.True(o.IsSuccess));
        var numbers = requests.Select(r => r.CSeq!.Value.Number).ToList();
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(8, numbers.Distinct().Count());
    }

    [Fact]
    public async Task Dispose_Registered_RefreshesNoMore()
    {
        await using var fixture = new RegistrarFixture();
        var requests = fixture.Serve((r, _) => Grant(r));
        await fixture.RegisterAsync();
        await fixture.Registration.DisposeAsync();
        fixture.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Single(requests);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => fixture.Registration.RegisterAsync());
    }
}
