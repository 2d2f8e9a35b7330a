using System.Threading.Channels;
using ComIm.Cli.Terminal;
using ComIm.Client.Accounts;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;

namespace ComIm.Cli.Demo.Scenes;

/// <summary>
/// A chat of two grows into a conference of three, in the same conversation: the server's focus takes over (RFC 4579), and the
/// roster is printed as it changes.
/// </summary>
internal sealed class ConferenceScene : IDemoScene
{
    /// <inheritdoc/>
    public async Task PlayAsync(DemoStage stage, CancellationToken cancellationToken)
    {
        var carol = await stage.SignInAsync("carol", ImTransport.Udp, cancellationToken).ConfigureAwait(false);
        var hers = stage.Alice.Account.GetConversation(stage.Bob.Account.Address);
        var his = stage.Bob.Account.GetConversation(stage.Alice.Account.Address);
        await hers.StartAsync(cancellationToken).ConfigureAwait(false);
        var roster = Channel.CreateUnbounded<string>();
        var changes = Follow(hers, roster.Writer);

        stage.Begin($"{stage.Alice.Name} and {stage.Bob.Name} talk; {stage.Alice.Name} adds {carol.Name}");
        await hers.AddParticipantAsync(carol.Account.Address, cancellationToken).ConfigureAwait(false);
        if (!hers.IsConference || his.ConferenceUri != hers.ConferenceUri)
        {
            throw new CliException("The chat of two has not become one conference for both.");
        }

        stage.Show($"the same conversation is now the conference {hers.ConferenceUri}");
        await ShowUntilAsync(stage, roster.Reader, line => line.Contains("carol (Attendee, Connected)", StringComparison.Ordinal), cancellationToken)
            .ConfigureAwait(false);

        await SayAsync(stage, hers, "Welcome, both of you.", [stage.Bob, carol], cancellationToken).ConfigureAwait(false);
        var theirs = carol.Account.Conversations.Single(c => c.IsConference);
        await SayAsync(stage, theirs, "Thank you!", [stage.Alice, stage.Bob], cancellationToken).ConfigureAwait(false);

        stage.Begin($"{carol.Name} leaves the conference");
        await theirs.LeaveAsync(cancellationToken).ConfigureAwait(false);
        await ShowUntilAsync(stage, roster.Reader, line => !line.Contains("carol", StringComparison.Ordinal), cancellationToken).ConfigureAwait(false);
        changes.Dispose();

        stage.Begin("The others leave, and the conference ends");
        await his.LeaveAsync(cancellationToken).ConfigureAwait(false);
        await hers.LeaveAsync(cancellationToken).ConfigureAwait(false);
        stage.Begin($"{carol.Name} signs out");
        await stage.SignOutAsync(carol).ConfigureAwait(false);
    }

    private static async Task SayAsync(
        DemoStage stage, Conversation conversation, string text, IEnumerable<DemoPerson> readers, CancellationToken cancellationToken)
    {
        stage.Begin($"In the conference, to all: {text}");
        var sent = await conversation.SendAsync(text, cancellationToken).ConfigureAwait(false);
        foreach (var reader in readers)
        {
            await stage.ReadAsync(sent, reader, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ShowUntilAsync(
        DemoStage stage, ChannelReader<string> roster, Predicate<string> isLast, CancellationToken cancellationToken)
    {
        for (var line = string.Empty; line.Length == 0 || !isLast(line);)
        {
            line = await roster.ReadAsync(cancellationToken).ConfigureAwait(false);
            stage.Show("roster: " + SafeText.OneLine(line));
        }
    }

    /// <summary>Writes the roster down at every change, until it is disposed.</summary>
    private static Following Follow(Conversation conversation, ChannelWriter<string> roster)
    {
        var last = string.Empty;
        var following = new Following(conversation, () =>
        {
            var now = string.Join(", ", conversation.Participants.Prepend(conversation.Self).Select(Describe));
            if (now != last)
            {
                roster.TryWrite(last = now);
            }
        });
        return following;
    }

    private static string Describe(Participant participant)
    {
        var name = participant.Address["sip:".Length..participant.Address.IndexOf('@', StringComparison.Ordinal)];
        return $"{name} ({participant.Role}, {participant.State})";
    }

    private sealed class Following : IDisposable
    {
        private readonly Conversation _conversation;
        private readonly EventHandler<ParticipantEventArgs> _onChange;

        public Following(Conversation conversation, Action onChange)
        {
            _conversation = conversation;
            _onChange = (_, _) => onChange();
            conversation.ParticipantAdded += _onChange;
            conversation.ParticipantChanged += _onChange;
            conversation.ParticipantRemoved += _onChange;
        }

        public void Dispose()
        {
            _conversation.ParticipantAdded -= _onChange;
            _conversation.ParticipantChanged -= _onChange;
            _conversation.ParticipantRemoved -= _onChange;
        }
    }
}
