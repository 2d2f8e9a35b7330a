namespace ComIm.Com.Tests.Wine;

/// <summary>Properties, collections, promises and callbacks in the two script hosts.</summary>
[Collection(WineCollection.Name)]
public sealed class ObservableTests(WinePrefix wine)
{
    [SkippableTheory]
    [InlineData("observables.js")]
    [InlineData("observables.vbs")]
    public async Task Scripts_use_them_in_their_own_way(string script)
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        await wine.RunScriptAsync(ChatTests.Script(script), server.Address, server.Alice, server.AlicePassword, server.Bob);
    }

    [SkippableTheory]
    [InlineData("model.js")]
    [InlineData("model.vbs")]
    public async Task Scripts_answer_invitations_make_groups_and_follow_people(string script)
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        await wine.RunScriptAsync(ChatTests.Script(script), server.Address, server.Domain);
    }
}
