using System.Globalization;
using System.Xml.Linq;

namespace ComIm.Server.Tests.Conferencing;

public sealed class RosterTests
{
    private static readonly XNamespace Info = "urn:ietf:params:xml:ns:conference-info";

    [Fact]
    public async Task Roster_IsToldWholeFirst_AndThenByChangesWithoutAGap()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (_, room) = await alice.JoinAsync();
        Assert.Equal(200, (await alice.FollowAsync(room)).StatusCode);

        var full = await alice.RosterAsync();
        Assert.Equal(("full", room), (State(full), full.Attribute("entity")!.Value));
        Assert.Equal((alice.Address, "Alice", "presenter", "connected", "dialed-in"), Describe(User(full)));
        Assert.Equal("1", full.Element(Info + "conference-state")!.Element(Info + "user-count")!.Value);

        var adding = alice.ReferAsync(room, bob.Address);
        var invite = await bob.InvitedAsync();
        var ringing = await alice.RosterAsync();
        Assert.Equal(("partial", Version(full) + 1), (State(ringing), Version(ringing)));
        Assert.Equal("dialing-out", Describe(User(ringing)).Status);
        var session = invite.Accept(ConferencePeer.Sdp)!;
        Assert.Equal(200, await adding);
        var joined = await alice.RosterAsync();
        Assert.Equal(("partial", Version(full) + 2), (State(joined), Version(joined)));
        Assert.Equal((bob.Address, null, "attendee", "connected", "dialed-out"), Describe(User(joined)));

        Assert.Equal(200, (await bob.FollowAsync(room)).StatusCode);
        Assert.Equal(2, (await bob.RosterAsync()).Descendants(Info + "user").Count());
        var named = await alice.RosterAsync();
        Assert.Equal("Bob", Describe(User(named)).Name);

        await session.ByeAsync().WaitAsync(TestDomain.Guard);
        var left = await alice.RosterAsync();
        Assert.Equal(Version(full) + 4, Version(left));
        Assert.Equal((bob.Address, "deleted"), (User(left).Attribute("entity")!.Value, User(left).Attribute("state")!.Value));
    }

    [Fact]
    public async Task Roster_IsNotForWhoIsNotInTheRoom_NorOfARoomThatIsNone()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (session, room) = await alice.JoinAsync();

        Assert.Equal(403, (await bob.FollowAsync(room)).StatusCode);
        await session.ByeAsync().WaitAsync(TestDomain.Guard);
        Assert.Equal(404, (await bob.FollowAsync("sip:conf-00112233445566778899aabbccddeeff@example.com")).StatusCode);
        Assert.Equal(405, (await bob.FollowAsync(ConferencePeer.Factory)).StatusCode);
    }

    private static string State(XElement document) => document.Attribute("state")!.Value;

    private static int Version(XElement document) => int.Parse(document.Attribute("version")!.Value, CultureInfo.InvariantCulture);

    private static XElement User(XElement document) => Assert.Single(document.Descendants(Info + "user"));

    private static (string Address, string? Name, string Role, string Status, string Method) Describe(XElement user) => (
        user.Attribute("entity")!.Value,
        user.Element(Info + "display-text")?.Value,
        user.Element(Info + "roles")!.Element(Info + "entry")!.Value,
        user.Element(Info + "endpoint")!.Element(Info + "status")!.Value,
        user.Element(Info + "endpoint")!.Element(Info + "joining-method")!.Value);
}
