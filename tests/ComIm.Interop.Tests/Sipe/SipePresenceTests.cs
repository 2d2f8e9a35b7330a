using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Interop.Tests.Table;

namespace ComIm.Interop.Tests.Sipe;

/// <summary>pidgin-sipe as a watcher of ours. What it would tell of itself, it would tell in a form that Microsoft's servers alone know.</summary>
public sealed class SipePresenceTests
{
    private const string Alice = "sip:alice@example.com";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task Presence_OfOurs_IsSeenAsThereOrAway()
    {
        await using var meeting = await SipeMeeting.StartAsync(SipeServerKind.KamailioOf2005, ImTransport.Udp);
        await meeting.Alice.Presence.PublishAsync(PresenceAvailability.Busy, "in room 7").WaitAsync(Guard);
        await meeting.Bob.UntilAsync($"status {Alice} (?!offline).*");
        await meeting.Alice.SignOutAsync().WaitAsync(Guard);
        await meeting.Bob.UntilAsync($"status {Alice} offline .*");
        SipeMeeting.See(Capability.PresenceTo, "there or away");
    }
}
