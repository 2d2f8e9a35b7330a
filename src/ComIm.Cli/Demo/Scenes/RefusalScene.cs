using ComIm.Cli.Terminal;
using ComIm.Client;
using ComIm.Client.Messaging;

namespace ComIm.Cli.Demo.Scenes;

/// <summary>A message to nobody fails, and says why.</summary>
internal sealed class RefusalScene : IDemoScene
{
    /// <inheritdoc/>
    public async Task PlayAsync(DemoStage stage, CancellationToken cancellationToken)
    {
        const string To = "sip:nobody@" + DemoStage.Domain;
        stage.Begin($"{stage.Alice.Name} writes to {To}, who does not exist");
        try
        {
            await stage.Alice.Account.SendAsync(To, "Is anybody there?", cancellationToken).ConfigureAwait(false);
        }
        catch (MessageDeliveryException e) when (e.Error == ImError.RecipientUnknown)
        {
            stage.Show($"{e.ChatMessage.Status}, as it should: {SafeText.OneLine(e.Message)}");
            return;
        }

        throw new CliException($"A message to {To} was taken, though there is no such person.");
    }
}
