using ComIm.Server.Storage;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using Microsoft.Extensions.Logging;

namespace ComIm.Server.Presence;

/// <summary>Keeps the rules that users have sent, or who was blocked would see them after a restart until they send them again.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="log">Is told when they cannot be.</param>
internal sealed class RulesKeeper(StateStore store, ILogger log)
{
    private const string Kind = "rules";

    /// <summary>Takes up what was kept.</summary>
    /// <param name="rules">Gets it.</param>
    /// <param name="domain">The domain of the users.</param>
    public void Restore(WatcherRules rules, string domain)
    {
        foreach (var (_, user, value) in store.Saved.Where(s => s.Kind == Kind))
        {
            if (PresenceRules.Read(value) is { } document)
            {
                rules.SetDocument(user, document, domain);
            }
        }
    }

    /// <summary>Answers a PUBLISH of rules once they are on the disk.</summary>
    /// <param name="user">Whose they are.</param>
    /// <param name="document">The rules.</param>
    /// <param name="transaction">The PUBLISH.</param>
    /// <param name="response">The answer.</param>
    public async Task RespondAsync(string user, ReadOnlyMemory<byte> document, ServerTransaction transaction, SipResponse response)
    {
        try
        {
            var bytes = document.ToArray();
            await store.SaveAsync(Kind, user, () => bytes).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or InvalidOperationException)
        {
            // They hold all the same, as long as this server runs.
            log.LogError(e, "The watcher rules of {User} could not be kept", user);
        }

        transaction.Respond(response);
    }
}
