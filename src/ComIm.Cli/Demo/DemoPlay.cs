using System.Globalization;
using ComIm.Cli.Demo.Scenes;
using ComIm.Cli.Terminal;
using ComIm.Client.Accounts;

namespace ComIm.Cli.Demo;

/// <summary>What <c>comim demo</c> shows, scene by scene. Whatever does not go as it should ends it with an exception.</summary>
/// <param name="transcript">Where the scenes and the SIP messages are written.</param>
/// <param name="clock">The clock.</param>
internal sealed class DemoPlay(Ladder transcript, TimeProvider clock)
{
    private static readonly IDemoScene[] Scenes = [new PagerScene(), new SessionScene(), new ConferenceScene(), new PresenceScene(), new OfflineScene(), new RefusalScene()];

    /// <summary>Plays it.</summary>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        int delivered;
        var stage = await DemoStage.OpenAsync(transcript, clock, cancellationToken).ConfigureAwait(false);
        await using (stage.ConfigureAwait(false))
        {
            await stage.SignInAsync("alice", ImTransport.Udp, cancellationToken).ConfigureAwait(false);
            await stage.SignInAsync("bob", ImTransport.Tcp, cancellationToken).ConfigureAwait(false);
            foreach (var scene in Scenes)
            {
                await scene.PlayAsync(stage, cancellationToken).ConfigureAwait(false);
            }

            stage.Begin("Both sign out");
            await stage.SignOutAsync(stage.Bob).ConfigureAwait(false);
            await stage.SignOutAsync(stage.Alice).ConfigureAwait(false);
            delivered = stage.Delivered;
        }

        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        transcript.Write("");
        transcript.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"Done in {seconds:0.0} s: {delivered} messages delivered, 1 refused as it should be. The server has stopped."));
    }
}
