using ComIm.Com.Automation;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Tests.Automation.Model;

/// <summary>What an application keeps for later runs.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private const int Patience = 90_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-history");
    private People _people = null!;

    public async Task InitializeAsync() => _people = await People.StartAsync();

    public async Task DisposeAsync()
    {
        await _people.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Messages_and_contacts_of_an_earlier_run_are_found_again()
    {
        var bob = _people.SignIn("bob");
        var first = SignIn();
        first.ConversationsManager.GetConversation("bob@example.com").ChatService.SendMessage("long ago").Wait(Patience);
        first.PersonsAndGroupsManager.All.Persons.Add("bob@example.com").Wait(Patience);
        bob.ConversationsManager.GetConversation("alice@example.com").ChatService.SendMessage("indeed").Wait(Patience);
        Assert.Equal("indeed", first.WaitForMessage(Patience)!.Text);
        first.SignOut();

        var second = SignIn();
        var conversation = second.ConversationsManager.GetConversation("bob@example.com");
        Assert.Equal(0, conversation.HistoryService.ActivityItems.Count);
        conversation.ChatService.SendMessage("now").Wait(Patience);
        Assert.Equal(1, conversation.HistoryService.GetMoreActivityItems(1).Wait(Patience));
        Assert.Equal(["indeed", "now"], Texts(conversation.HistoryService.ActivityItems));
        Assert.Equal(1, conversation.HistoryService.GetMoreActivityItems().Wait(Patience));
        Assert.Equal(["long ago", "indeed", "now"], Texts(conversation.HistoryService.ActivityItems));
        Assert.Equal(0, conversation.HistoryService.GetMoreActivityItems().Wait(Patience));
        Assert.Equal(1, second.PersonsAndGroupsManager.All.Persons.Count);
        second.SignOut();
    }

    private static IEnumerable<string> Texts(IComImCollection items) => ((object[])items.get_Item()!).Select(item => ((IComImMessage)item).Text);

    private Application SignIn()
    {
        var application = new Application { DataDirectory = _folder.FullName };
        application.ConversationsManager.IsHistoryEnabled = true;
        application.SignIn("alice@example.com", "secret-alice", _people.ServerAddress, "tcp");
        return application;
    }
}
