using ComIm.Client.Accounts;
using ComIm.Client.Messaging;

namespace ComIm.Cli.Demo.Scenes;

/// <summary>A message to somebody who is away waits at the server, and is there when they sign in.</summary>
internal sealed class OfflineScene : IDemoScene
{
    /// <inheritdoc/>
    public async Task PlayAsync(DemoStage stage, CancellationToken cancellationToken)
    {
        const string Text = "Read this when you are back.";
        var (bob, address) = (stage.Bob.Name, stage.Bob.Account.Address);
        stage.Begin($"{bob} signs out");
        await stage.SignOutAsync(stage.Bob).ConfigureAwait(false);

        stage.Begin($"{stage.Alice.Name} writes to {bob}, who is away: {Text}");
        var sent = await stage.Alice.Account.SendAsync(address, Text, cancellationToken).ConfigureAwait(false);
        if (sent.Status != MessageStatus.Accepted)
        {
            throw new CliException($"The message to {bob}, who is away, is reported as {sent.Status}.");
        }

        stage.Show($"{sent.Status}: the server keeps it");
        var back = await stage.SignInAsync(bob, ImTransport.Tcp, cancellationToken).ConfigureAwait(false);
        await stage.ReadAsync(sent, back, cancellationToken).ConfigureAwait(false);
    }
}
