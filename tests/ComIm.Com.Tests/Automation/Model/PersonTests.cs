using ComIm.Com.Automation;
using ComIm.Com.Automation.Model;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Automation.Model;

/// <summary>Presence and contacts as scripts see them.</summary>
public sealed class PersonTests : IAsyncLifetime
{
    private const int Patience = 90_000;

    private People _people = null!;

    public async Task InitializeAsync() => _people = await People.StartAsync();

    public Task DisposeAsync() => _people.DisposeAsync().AsTask();

    [Fact]
    public void A_listener_follows_what_the_person_says()
    {
        var alice = _people.SignIn("alice");
        var me = _people.SignIn("bob").PersonsAndGroupsManager.MePerson;
        var bob = alice.PersonsAndGroupsManager.GetPerson("bob@example.com");
        Calls status = new(), note = new(), activity = new();
        bob.Status.Changed(status.Function);
        bob.Note.Text.Changed(note.Function);
        bob.Activity.When("Meeting", activity.Function);
        Assert.Equal("Unknown", status.First());
        status.Until("Online");
        me.Status.Value = "Busy";
        status.Until("Busy");
        Late.Put(Late.Path(me, "note"), "text", "in room 7");
        note.Until("in room 7");
        me.Activity.Value = "meeting";
        Assert.Equal("Meeting", activity.First());
        Assert.Equal(("Busy", "in room 7", "Meeting"), (me.Status.Value, me.Note.Text.Value, me.Activity.Value));
        Assert.Equal(("Busy", "in room 7"), (Late.Call(bob, "status"), Late.Call(Late.Path(bob, "note"), "text")));
    }

    [Fact]
    public void Get_asks_once_where_nobody_listens()
    {
        var alice = _people.SignIn("alice");
        var bob = alice.PersonsAndGroupsManager.GetPerson("sip:bob@example.com");
        Assert.Equal("Unknown", bob.Status.Value);
        Assert.Equal("Offline", bob.Status.Get().Wait(Patience));
        _people.SignIn("bob");
        Assert.Equal("Online", bob.Status.Get().Wait(Patience));
    }

    [Fact]
    public void A_listener_goes_on_with_the_next_sign_in()
    {
        var alice = _people.SignIn("alice");
        _people.SignIn("bob");
        var calls = new Calls();
        var listener = alice.PersonsAndGroupsManager.GetPerson("bob@example.com").Status.Changed(calls.Function);
        calls.Until("Online");
        alice.SignOut();
        Assert.Equal("Unknown", calls.First());
        alice.SignIn("alice@example.com", "secret-alice", _people.ServerAddress, "tcp");
        calls.Until("Online");
        listener.Dispose();
    }

    [Fact]
    public void What_is_no_status_is_refused()
    {
        var me = _people.SignIn("alice").PersonsAndGroupsManager.MePerson;
        Assert.Equal(HResults.InvalidArgument, Assert.Throws<HResultException>(() => me.Status.Value = "Bored").HResult);
        var bob = _people.SignIn("bob").PersonsAndGroupsManager.GetPerson("alice@example.com");
        Assert.Equal("ReadOnly", bob.Status.Set("Busy").Error!.Code);
    }

    [Fact]
    public void Contacts_are_added_grouped_and_removed()
    {
        var all = _people.SignIn("alice").PersonsAndGroupsManager.All;
        Calls added = new(), removed = new(), groups = new();
        Late.Call(Late.Path(all, "persons"), "added", added.Function);
        all.Persons.Removed(removed.Function);
        all.Groups.Added(groups.Function);
        var bob = (IComImPerson)all.Persons.Add("bob@example.com").Wait(Patience)!;
        Assert.Same(bob, added.First());
        Assert.Equal("bob", bob.DisplayName.Value);
        Assert.Same(bob, all.Persons.get_Item("sip:bob@example.com"));
        Assert.Equal(0, all.Groups.Count);
        all.Persons.Remove(bob).Wait(Patience);
        Assert.Same(bob, removed.First());
        Assert.Equal(0, all.Persons.Count);
    }

    [Fact]
    public void Contacts_need_a_sign_in() =>
        Assert.Throws<HResultException>(() => new Application().PersonsAndGroupsManager.All.Persons.Add("bob@example.com").Wait(Patience));
}
