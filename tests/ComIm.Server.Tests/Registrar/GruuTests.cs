using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Tests.Registrar;

public sealed class GruuTests
{
    private const string Phone = "urn:uuid:00000000-0000-1000-8000-00000000000a";
    private const string Laptop = "urn:uuid:00000000-0000-1000-8000-00000000000b";

    [Fact]
    public async Task Register_SameInstanceWithAnotherContact_ReplacesTheOldBinding()
    {
        await using var server = await TestDomain.StartAsync();
        await using var before = new TestUser("bob", server.LocalEndPoint);
        await using var after = new TestUser("bob", server.LocalEndPoint);
        await using var laptop = new TestUser("bob", server.LocalEndPoint);
        Assert.Equal(200, (await before.SendAsync(Register(before, Phone))).StatusCode);
        Assert.Equal(200, (await laptop.SendAsync(Register(laptop, Laptop))).StatusCode);
        Assert.Equal(200, (await after.SendAsync(Register(after, Phone.Replace("000a", "000A", StringComparison.Ordinal)))).StatusCode);

        var ports = server.Location.Find("bob").Select(b => b.Contact.Port).Order();
        Assert.Equal(new int?[] { after.Local.Port, laptop.Local.Port }.Order(), ports);
    }

    [Fact]
    public async Task Register_OtherFlowOfTheSameInstance_StandsBesideIt()
    {
        await using var server = await TestDomain.StartAsync();
        await using var first = new TestUser("bob", server.LocalEndPoint);
        await using var second = new TestUser("bob", server.LocalEndPoint);
        await first.SendAsync(Register(first, Phone, ";reg-id=1"));
        await second.SendAsync(Register(second, Phone, ";reg-id=2"));
        Assert.Equal([1, 2], server.Location.Find("bob").Select(b => b.RegId).Order());
    }

    [Fact]
    public async Task Register_SupportsGruu_GetsOneOthersDoNot()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var register = Register(bob, Phone);
        Assert.DoesNotContain("gruu", (await bob.SendAsync(register)).Headers.Get(HeaderId.Contact), StringComparison.Ordinal);

        register = Register(bob, Phone, sequence: 20);
        register.Headers.Add(HeaderId.Supported, "path, gruu");
        var contact = (await bob.SendAsync(register)).Contact!;
        Assert.Equal($"sip:bob@example.com;gr={Phone}", contact.Parameters.Get("pub-gruu"));
        Assert.Equal($"<{Phone}>", contact.Parameters.Get("+sip.instance"));
    }

    [Theory]
    [InlineData("urn:uuid:a;b")]
    [InlineData("no-urn")]
    public async Task Register_InstanceThatCannotBeUsed_IsAPlainBinding(string instance)
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        Assert.Equal(200, (await bob.SendAsync(Register(bob, instance))).StatusCode);
        Assert.Null(Assert.Single(server.Location.Find("bob")).InstanceId);
    }

    [Fact]
    public async Task Message_ToAGruu_ReachesThatDeviceOnly()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        await using var phone = new TestUser("bob", server.LocalEndPoint);
        await using var laptop = new TestUser("bob", server.LocalEndPoint);
        var asked = new List<string>();
        phone.Answer = t => Note(t, "phone");
        laptop.Answer = t => Note(t, "laptop");
        await phone.SendAsync(Register(phone, Phone));
        await laptop.SendAsync(Register(laptop, Laptop));

        Assert.Equal(200, (await alice.SendAsync(alice.CreateMessage($"sip:bob@example.com;gr={Laptop}", "for the laptop"))).StatusCode);
        Assert.Equal(["laptop"], asked);

        // A device that is not there: nobody else gets what was meant for it.
        Assert.Equal(480, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com;gr=urn:uuid:gone", "?"))).StatusCode);
        Assert.Equal(["laptop"], asked);

        Task Note(ServerTransaction transaction, string device)
        {
            asked.Add(device);
            transaction.Respond(200);
            return Task.CompletedTask;
        }
    }

    private static SipRequest Register(TestUser user, string instance, string more = "", uint sequence = 1) =>
        user.CreateRegister(contact: $"{user.Contact};+sip.instance=\"<{instance}>\"{more}", sequence: sequence);
}
