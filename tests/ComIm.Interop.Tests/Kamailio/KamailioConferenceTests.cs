using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Kamailio;

/// <summary>Kamailio makes no conferences as RFC 4579 has them: who asks for one is told so, and the chat of two stays what it is.</summary>
public sealed class KamailioConferenceTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task Conference_WhereNobodyMakesOne_IsRefusedClearlyAndTheChatGoesOn()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf("alice")).WaitAsync(Guard);
        var bob = await client.SignInAsync(SettingsOf("bob")).WaitAsync(Guard);
        var carol = await client.SignInAsync(SettingsOf("carol")).WaitAsync(Guard);
        var toBob = alice.GetConversation(bob.Address);
        await toBob.SendAsync("before").WaitAsync(Guard);

        var refusal = await Assert.ThrowsAsync<ImException>(() => toBob.AddParticipantAsync(carol.Address).WaitAsync(Guard));

        Assert.Equal((ImError.NotAccepted, 404, false), (refusal.Error, refusal.StatusCode, toBob.IsConference));
        Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("still here").WaitAsync(Guard)).Status);
        Assert.Equal(["before", "still here"], bob.GetConversation(alice.Address).Messages.Select(m => m.Text));
        Assert.Empty(carol.Conversations);
        InteropTable.Record(Peer.Kamailio, Capability.Conference, $"refuses: {refusal.StatusCode}, the chat goes on");

        ImAccountSettings SettingsOf(string user) => new()
        {
            Address = $"sip:{user}@{KamailioServer.Domain}",
            Password = server.Passwords[user],
            Server = server.EndPoint.ToString(),
            Transport = ImTransport.Tcp,
        };
    }
}
