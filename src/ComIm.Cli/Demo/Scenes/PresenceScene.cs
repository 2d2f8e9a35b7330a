using ComIm.Cli.Terminal;
using ComIm.Client.Presence;

namespace ComIm.Cli.Demo.Scenes;

/// <summary>Bob watches Alice, who says how she is.</summary>
internal sealed class PresenceScene : IDemoScene
{
    /// <inheritdoc/>
    public async Task PlayAsync(DemoStage stage, CancellationToken cancellationToken)
    {
        stage.Begin($"{stage.Bob.Name} watches {stage.Alice.Name}");
        using var seen = stage.Bob.Account.Presence.Watch(stage.Alice.Account.Address);
        await ShowAsync(stage, seen, PresenceAvailability.Online, cancellationToken).ConfigureAwait(false);

        stage.Begin($"{stage.Alice.Name} is in a meeting");
        await stage.Alice.Account.Presence.PublishAsync(
            PresenceAvailability.Busy, "Room 7 until noon ☕", [PresenceActivity.Meeting], cancellationToken).ConfigureAwait(false);
        await ShowAsync(stage, seen, PresenceAvailability.Busy, cancellationToken).ConfigureAwait(false);

        stage.Begin($"{stage.Alice.Name} is back");
        await stage.Alice.Account.Presence.PublishAsync(PresenceAvailability.Online, cancellationToken: cancellationToken).ConfigureAwait(false);
        await ShowAsync(stage, seen, PresenceAvailability.Online, cancellationToken).ConfigureAwait(false);
    }

    private static async Task ShowAsync(DemoStage stage, Presentity seen, PresenceAvailability expected, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventHandler<PresentityChangedEventArgs> check = (_, _) => Check();
        seen.Changed += check;
        Check();
        await reached.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        seen.Changed -= check;
        stage.Show($"{stage.Bob.Name} sees: {SafeText.OneLine(seen.Status.ToString())}");

        void Check()
        {
            if (seen.Availability == expected)
            {
                reached.TrySetResult();
            }
        }
    }
}
