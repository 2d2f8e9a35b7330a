using ComIm.Cli.Terminal;
using ComIm.Client.Messaging;

namespace ComIm.Cli.Demo.Scenes;

/// <summary>Messages that stand by themselves (RFC 3428), both ways, in any script.</summary>
internal sealed class PagerScene : IDemoScene
{
    /// <inheritdoc/>
    public async Task PlayAsync(DemoStage stage, CancellationToken cancellationToken)
    {
        await ExchangeAsync(stage, stage.Alice, stage.Bob, "Hello Bob, is the server up?", cancellationToken).ConfigureAwait(false);
        await ExchangeAsync(stage, stage.Bob, stage.Alice, "Hello Alice, it is.", cancellationToken).ConfigureAwait(false);
        await ExchangeAsync(stage, stage.Alice, stage.Bob, "Grüße, Привет, 你好, 👋 — any script goes through.", cancellationToken).ConfigureAwait(false);
        await ExchangeAsync(stage, stage.Bob, stage.Alice, "Line one\nand line two ✓", cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExchangeAsync(DemoStage stage, DemoPerson sender, DemoPerson recipient, string text, CancellationToken cancellationToken)
    {
        stage.Begin($"{sender.Name} writes to {recipient.Name}: {SafeText.Indented(text)}");
        var sent = await sender.Account.SendAsync(recipient.Account.Address, text, cancellationToken).ConfigureAwait(false);
        if (sent.Status != MessageStatus.Delivered)
        {
            throw new CliException($"The message of {sender.Name} is reported as {sent.Status}.");
        }

        await stage.ReadAsync(sent, recipient, cancellationToken).ConfigureAwait(false);
    }
}
