using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>The same scripts through a server that is not ours, and that demands digest of everybody.</summary>
[Collection(WineCollection.Name)]
public sealed class KamailioTests(WinePrefix wine)
{
    [SkippableTheory]
    [InlineData("udp", "MD5")]
    [InlineData("tcp", "SHA-256")]
    public async Task VBScript_exchanges_messages_through_Kamailio(string transport, string algorithm)
    {
        WinePrefix.Demand();
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var kamailio = await KamailioServer.StartAsync(new KamailioOptions { Algorithm = algorithm });
        await using var server = await SignInAsync(kamailio);
        await ChatTests.RunVBScriptAsync(wine, server, transport);
    }

    [SkippableFact]
    public async Task Failures_are_told_apart_through_Kamailio()
    {
        WinePrefix.Demand();
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var kamailio = await KamailioServer.StartAsync();
        await using var server = await SignInAsync(kamailio);
        var errors = await ErrorTests.RunAsync(wine, server);
        Assert.Equal(errors.Count, errors.Values.Select(e => e.Description).Distinct().Count());
        Assert.Equal("80EF0194", errors["unknown callee"].Number);
        Assert.Contains(errors["wrong password"].Number, (string[])["80EF0191", "80EF0193", "80EF0197"]);
    }

    private static Task<ChatServer> SignInAsync(KamailioServer kamailio) => ChatServer.AtAsync(
        kamailio.EndPoint.ToString(), KamailioServer.Domain, kamailio.Passwords["alice"], kamailio.Passwords["bob"]);
}
