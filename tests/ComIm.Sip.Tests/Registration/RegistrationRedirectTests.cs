using ComIm.Sip.Messages;
using ComIm.Sip.Registration;
using ComIm.Sip.Transport;
using static ComIm.Sip.Tests.Registration.RegistrarFixture;

namespace ComIm.Sip.Tests.Registration;

public sealed class RegistrationRedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    public async Task Register_Redirected_FollowsTheContact(int status)
    {
        await using var fixture = new RegistrarFixture();
        var home = fixture.Serve((r, _) => Answer(r, status, "Contact: <sip:someone@127.0.0.1:5080?Subject=forged>"));
        var other = fixture.Serve((r, _) => Grant(r), 5080);
        Assert.True((await fixture.RegisterAsync()).IsSuccess);

        Assert.Single(home);
        var request = Assert.Single(other);
        Assert.Equal("sip:127.0.0.1:5080", request.RequestUriText);
        Assert.Equal("<sip:alice@example.com>", request.Headers.Get(HeaderId.To));
        Assert.False(request.Headers.Contains(HeaderId.Subject));
        Assert.Equal(home[0].CallId, request.CallId);
        Assert.True(request.CSeq!.Value.Number > home[0].CSeq!.Value.Number);
    }

    [Fact]
    public async Task Refresh_After301_GoesThereAtOnceAfter302Not()
    {
        foreach (var (status, expected) in new[] { (301, 1), (302, 2) })
        {
            await using var fixture = new RegistrarFixture();
            var home = fixture.Serve((r, _) => Answer(r, status, "Contact: <sip:127.0.0.1:5080>"));
            fixture.Serve((r, _) => Grant(r), 5080);
            await fixture.RegisterAsync();
            fixture.Clock.Advance(TimeSpan.FromSeconds(3541));
            await fixture.UntilAsync(RegistrationState.Registered);
            Assert.Equal(expected, home.Count);
        }
    }

    [Fact]
    public async Task Refresh_PlaceOf301InTrouble_AsksAtHomeAgain()
    {
        await using var fixture = new RegistrarFixture();
        var home = fixture.Serve((r, n) => n == 1 ? Answer(r, 301, "Contact: <sip:127.0.0.1:5080>") : Grant(r));
        var other = fixture.Serve((r, n) => n == 1 ? Grant(r) : Answer(r, 503), 5080);
        await fixture.RegisterAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(3541));
        await fixture.UntilAsync(RegistrationState.Registered);
        Assert.Equal((2, 2), (home.Count, other.Count));
    }

    [Fact]
    public async Task Register_SeveralContacts_AreTriedByPreference()
    {
        await using var fixture = new RegistrarFixture();
        fixture.Serve((r, _) => Answer(r, 302, "Contact: <sip:127.0.0.1:5080>;q=0.1, <sip:127.0.0.1:5081>;q=0.9", "Contact: <tel:+15550100>"));
        var last = fixture.Serve((r, _) => Grant(r), 5080);
        var first = fixture.Serve((r, _) => Answer(r, 503), 5081);
        Assert.True((await fixture.RegisterAsync()).IsSuccess);
        Assert.Equal((1, 1), (first.Count, last.Count));
    }

    [Fact]
    public async Task Register_RedirectedInACircle_Ends()
    {
        await using var fixture = new RegistrarFixture();
        var home = fixture.Serve((r, _) => Answer(r, 302, "Contact: <sip:127.0.0.1:5080>"));
        var other = fixture.Serve((r, _) => Answer(r, 302, "Contact: <sip:example.com>, <sip:127.0.0.1:5080>"), 5080);
        Assert.Equal(302, (await fixture.RegisterAsync()).StatusCode);
        Assert.Equal((1, 1), (home.Count, other.Count));
    }

    [Fact]
    public async Task Register_RedirectedWithoutEnd_IsBounded()
    {
        await using var fixture = new RegistrarFixture();
        var asked = 0;
        for (var port = Home; port < Home + 10; port++)
        {
            var next = port + 1;
            fixture.Serve(
                (r, _) =>
                {
                    asked++;
                    return Answer(r, 302, $"Contact: <sip:127.0.0.1:{next}>");
                },
                port);
        }

        Assert.Equal(302, (await fixture.RegisterAsync()).StatusCode);
        Assert.Equal(1 + RegistrationRedirects.MaxTargets, asked);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(305)]
    [InlineData(380)]
    public async Task Register_OtherRedirects_AreNotFollowed(int status)
    {
        await using var fixture = new RegistrarFixture();
        fixture.Serve((r, _) => Answer(r, status, "Contact: <sip:127.0.0.1:5080>"));
        var other = fixture.Serve((r, _) => Grant(r), 5080);
        Assert.Equal(status, (await fixture.RegisterAsync()).StatusCode);
        Assert.Empty(other);
    }

    [Theory]
    [InlineData("sips:alice@example.com", "sip:127.0.0.1:5080", 0)]
    [InlineData("sips:alice@example.com", "sip:127.0.0.1:5080;transport=tls", 0)]
    [InlineData("sips:alice@example.com", "sips:127.0.0.1:5080", 1)]
    [InlineData("sip:alice@example.com", "sip:127.0.0.1:5080;transport=tcp", 0)]
    [InlineData("sip:alice@example.com", "sip:127.0.0.1:5080;transport=udp", 0)]
    [InlineData("sip:alice@example.com", "sip:127.0.0.1:5080;transport=tls", 1)]
    [InlineData("sip:alice@example.com", "sip:127.0.0.1:5080", 1)]
    public async Task Register_OverTls_IsNotRedirectedToALessSecureWay(string aor, string contact, int expected)
    {
        await using var fixture = new RegistrarFixture(kind: SipTransportKind.Tls, aor: aor);
        fixture.Serve((r, _) => Answer(r, 302, $"Contact: <{contact}>"));
        var other = fixture.Serve((r, _) => Grant(r), 5080);
        Assert.Equal(expected == 1, (await fixture.RegisterAsync()).IsSuccess);
        Assert.Equal(expected, other.Count);
    }

    [Fact]
    public async Task Register_RedirectedAfterAChallenge_SendsNoCredentialsOfTheOldRealm()
    {
        await using var fixture = new RegistrarFixture();
        var home = fixture.Serve((r, n) => n == 1 ? Challenge(r, "example.com") : Answer(r, 301, "Contact: <sip:127.0.0.1:5080>"));
        var other = fixture.Serve((r, _) => Grant(r), 5080);
        await fixture.RegisterAsync();
        Assert.True(home[1].Headers.Contains(HeaderId.Authorization));
        Assert.False(other[0].Headers.Contains(HeaderId.Authorization));

        // And when it goes there again.
        fixture.Clock.Advance(TimeSpan.FromSeconds(3541));
        await fixture.UntilAsync(RegistrationState.Registered);
        Assert.False(other[1].Headers.Contains(HeaderId.Authorization));
    }

    [Fact]
    public async Task Register_RedirectedAndChallengedThere_AnswersThatChallengeOnly()
    {
        await using var fixture = new RegistrarFixture();
        fixture.Serve((r, n) => n == 1 ? Challenge(r, "example.com") : Answer(r, 301, "Contact: <sip:127.0.0.1:5080>"));
        var other = fixture.Serve((r, n) => n == 1 ? Challenge(r, "other.example.com") : Grant(r), 5080);
        Assert.True((await fixture.RegisterAsync()).IsSuccess);
        Assert.False(other[0].Headers.Contains(HeaderId.Authorization));
        Assert.Equal(1, other[1].Headers.CountOf(HeaderId.Authorization));
        Assert.Contains("realm=\"other.example.com\"", other[1].Headers.Get(HeaderId.Authorization), StringComparison.Ordinal);

        // What goes on there is remembered there.
        fixture.Clock.Advance(TimeSpan.FromSeconds(3541));
        await fixture.UntilAsync(RegistrationState.Registered);
        Assert.Contains("nonce-of-other.example.com", other[2].Headers.Get(HeaderId.Authorization), StringComparison.Ordinal);
    }
}
