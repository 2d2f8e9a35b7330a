using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Tests.Proxy;

public sealed class ForkingTests
{
    [Fact]
    public async Task Message_ToTwoDevices_TheFirstSuccessIsTheAnswer()
    {
        await using var server = await TestDomain.StartAsync();
        await using var silent = await new TestUser("bob", server.LocalEndPoint) { Answer = _ => Task.CompletedTask }.RegisteredAsync();
        await using var ready = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        Assert.Equal(200, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "hello"))).StatusCode);
        Assert.Equal("hello", (await silent.NextAsync()).Request.BodyText);
        Assert.Equal("hello", (await ready.NextAsync()).Request.BodyText);
    }

    [Theory]
    [InlineData(415, 200, 200)]
    [InlineData(486, 415, 415)]
    [InlineData(486, 603, 603)]
    [InlineData(503, 503, 500)]
    [InlineData(302, 404, 302)]
    public async Task Message_ToTwoDevices_TheBestAnswerGoesBack(int first, int second, int expected)
    {
        await using var server = await TestDomain.StartAsync();
        await using var one = await new TestUser("bob", server.LocalEndPoint) { Answer = With(first) }.RegisteredAsync();
        await using var two = await new TestUser("bob", server.LocalEndPoint) { Answer = With(second) }.RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        Assert.Equal(expected, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "hello"))).StatusCode);
    }

    [Fact]
    public async Task Message_AGlobalFailure_DoesNotWaitForTheOthers()
    {
        await using var server = await TestDomain.StartAsync();
        await using var silent = await new TestUser("bob", server.LocalEndPoint) { Answer = _ => Task.CompletedTask }.RegisteredAsync();
        await using var busy = await new TestUser("bob", server.LocalEndPoint) { Answer = With(600) }.RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        Assert.Equal(600, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "hello"))).StatusCode);
    }

    [Fact]
    public async Task Message_ChallengedByTwoDevices_BothChallengesGoBack()
    {
        await using var server = await TestDomain.StartAsync(o => o with { RequiresAuthentication = false });
        await using var one = await new TestUser("bob", server.LocalEndPoint) { Answer = Challenging("one") }.RegisteredAsync();
        await using var two = await new TestUser("bob", server.LocalEndPoint) { Answer = Challenging("two") }.RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var response = await alice.SendRawAsync(alice.CreateMessage("sip:bob@example.com", "hello"));
        Assert.Equal((401, 2), (response.StatusCode, response.Headers.CountOf(HeaderId.WwwAuthenticate)));
    }

    private static Func<ServerTransaction, Task> With(int status) => t =>
    {
        t.Respond(status);
        return Task.CompletedTask;
    };

    private static Func<ServerTransaction, Task> Challenging(string realm) => t =>
    {
        var response = t.CreateResponse(401);
        response.Headers.Add(HeaderId.WwwAuthenticate, $"Digest realm=\"{realm}\", nonce=\"1\"");
        t.Respond(response);
        return Task.CompletedTask;
    };
}
