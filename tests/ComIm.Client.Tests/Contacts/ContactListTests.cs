using System.Collections.Concurrent;
using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Client.Tests.Presence;
using ComIm.Client.Storage;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Contacts;

public sealed class ContactListTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-contacts-");
    private TestServer _server = null!;

    private ImClientOptions Options => new() { DataDirectory = _folder.FullName };

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Contacts_AreThereAgainInTheNextRun()
    {
        await using (var client = new ImClient(Options))
        {
            var alice = await SignInAsync(client);
            await alice.Contacts.AddAsync("bob@example.com", " Bob ☎ ", ["Work", "Friends", "Work", " "]);
            await alice.Contacts.AddAsync("sip:carol@EXAMPLE.com", "Carol", ["Work"]);
            await alice.Contacts.AddAsync("sip:dave@example.com");
            Assert.True(await alice.Contacts.RemoveAsync("dave@example.com"));
            Assert.False(await alice.Contacts.RemoveAsync("dave@example.com"));
            await alice.Contacts.AddAsync("sip:carol@example.com", groups: ["Family"]);
        }

        await using var next = new ImClient(Options);
        var contacts = (await SignInAsync(next)).Contacts;
        Assert.Equal(["Bob ☎", "Carol"], contacts.All.Select(c => c.DisplayName));
        Assert.Equal(["Work", "Friends"], contacts.All[0].Groups);
        Assert.Equal(["Family"], contacts.Find("carol@example.com")!.Groups);
        Assert.Equal(["Work", "Friends", "Family"], contacts.Groups);
        Assert.Null(contacts.LoadFailure);
    }

    [Fact]
    public async Task Changes_AreTold_AndTheObjectStaysTheSame()
    {
        await using var client = new ImClient();
        var alice = await SignInAsync(client);
        var seen = new ConcurrentQueue<string>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        alice.Contacts.Added += (_, e) => seen.Enqueue("added " + e.Contact);
        alice.Contacts.Changed += (_, e) => seen.Enqueue("changed " + e.Contact);
        alice.Contacts.Removed += (_, _) => done.TrySetResult();
        var contact = await alice.Contacts.AddAsync("bob@example.com");
        Assert.Same(contact, await alice.Contacts.AddAsync("sip:bob@example.com", "Bob"));
        Assert.Same(contact, await alice.Contacts.AddAsync("sip:bob@example.com", "Bob"));
        await alice.Contacts.RemoveAsync("bob@example.com");
        await done.Task.WaitAsync(PresenceView.Guard);
        Assert.Equal(["added sip:bob@example.com", "changed Bob"], seen.Select(s => s.Replace("added Bob", "added sip:bob@example.com")));
    }

    [Fact]
    public async Task Presence_OfAContact_IsWatchedFromItsFirstUseToItsRemoval()
    {
        await using var client = new ImClient();
        var alice = await SignInAsync(client);
        var bob = await alice.Contacts.AddAsync("bob@example.com");
        Assert.Empty(alice.Presence.Watched);
        await bob.Presence.UntilAsync(PresenceAvailability.Offline);
        Assert.Same(bob.Presence, bob.Presence);
        Assert.Single(alice.Presence.Watched);
        await alice.Contacts.RemoveAsync(bob.Address);
        Assert.Empty(alice.Presence.Watched);
    }

    [Theory]
    [InlineData("sip:..%2F..%2Fescaped@example.com")]
    [InlineData("sip:..@example.com")]
    [InlineData("sip:a/../../b@example.com")]
    [InlineData("sip:CON@example.com")]
    public void Folder_OfAnyAddress_IsInTheDirectory(string address)
    {
        using var folder = AccountFolder.Open(Options, Sip.Messages.SipUri.Parse(address))!;
        Assert.Equal(_folder.FullName, Path.GetDirectoryName(folder.Path));
        Assert.DoesNotContain("..", folder.Path);
    }

    [Fact]
    public void Folders_OfAddressesThatDifferInCaseOnly_AreTwo() => Assert.NotEqual(
        AccountFolder.NameOf(Sip.Messages.SipUri.Parse("sip:Alice@example.com")).ToLowerInvariant(),
        AccountFolder.NameOf(Sip.Messages.SipUri.Parse("sip:alice@EXAMPLE.com")).ToLowerInvariant());

    [Fact]
    public async Task File_Damaged_IsPutAside_AndTheOneBeforeTakesItsPlace()
    {
        await using (var client = new ImClient(Options))
        {
            var contacts = (await SignInAsync(client)).Contacts;
            await contacts.AddAsync("bob@example.com");
            await contacts.AddAsync("carol@example.com");
        }

        var file = Assert.Single(_folder.GetFiles("account.json", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(file.FullName, "{ \"contacts\": [");
        await using var next = new ImClient(Options);
        var list = (await SignInAsync(next)).Contacts;
        Assert.Equal(["sip:bob@example.com"], list.All.Select(c => c.Address));
        Assert.Equal(ImError.StorageFailed, list.LoadFailure!.Error);
        var aside = Assert.Single(_folder.GetFiles("account.json.damaged-*", SearchOption.AllDirectories));
        Assert.Contains(aside.Name, list.LoadFailure.Message, StringComparison.Ordinal);
        Assert.Equal("{ \"contacts\": [", await File.ReadAllTextAsync(aside.FullName));
        await list.AddAsync("dave@example.com");
    }

    [Fact]
    public async Task File_OfALaterVersion_IsNotTouched()
    {
        await using (var client = new ImClient(Options))
        {
            await (await SignInAsync(client)).Contacts.AddAsync("bob@example.com");
        }

        var file = Assert.Single(_folder.GetFiles("account.json", SearchOption.AllDirectories)).FullName;
        await File.WriteAllTextAsync(file, "{ \"version\": 2 }");
        await using var next = new ImClient(Options);
        Assert.Equal(ImError.StorageFailed, (await Assert.ThrowsAsync<ImException>(() => SignInAsync(next))).Error);
        Assert.Equal("{ \"version\": 2 }", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Folder_UsedByAnotherProgram_IsReadButNotWritten()
    {
        await using var one = new ImClient(Options);
        await using var two = new ImClient(Options);
        var first = await SignInAsync(one);
        await first.Contacts.AddAsync("bob@example.com");
        var second = await SignInAsync(two);
        Assert.Single(second.Contacts.All);
        var error = await Assert.ThrowsAsync<ImException>(() => second.Contacts.AddAsync("carol@example.com"));
        Assert.Equal(ImError.StorageFailed, error.Error);
        Assert.Single(second.Contacts.All);

        await first.SignOutAsync();
        await second.SignOutAsync();
        await (await SignInAsync(two)).Contacts.AddAsync("carol@example.com");
    }

    [Fact]
    public async Task Directory_ThatCannotBe_SaysSoAtSignIn()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        await using var client = new ImClient(new ImClientOptions { DataDirectory = file });
        Assert.Equal(ImError.StorageFailed, (await Assert.ThrowsAsync<ImException>(() => SignInAsync(client))).Error);
        Assert.Empty(client.Accounts);
    }

    [Fact]
    public async Task Names_ThatAreTooLong_AreRefused()
    {
        await using var client = new ImClient();
        var contacts = (await SignInAsync(client)).Contacts;
        await Assert.ThrowsAsync<ArgumentException>(() => contacts.AddAsync("bob@example.com", new string('x', 257)));
        await Assert.ThrowsAsync<ArgumentException>(() => contacts.AddAsync("bob@example.com", null, Enumerable.Range(0, 101).Select(i => "g" + i)));
        Assert.Equal(ImError.BadAddress, (await Assert.ThrowsAsync<ImException>(() => contacts.AddAsync("not an address"))).Error);
        Assert.Empty(contacts.All);
    }

    private Task<ImAccount> SignInAsync(ImClient client) => client.SignInAsync(_server.SettingsOf("alice"));
}
