using System.Text.Json;
using ComIm.Server.Storage;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using Microsoft.Extensions.Logging;

namespace ComIm.Server.Presence;

/// <summary>
/// Keeps what users have published: who was busy is busy after a restart, and the entity tag that he was given is still good (RFC 3903
/// section 4.1), so that nobody has to notice that the server was away.
/// </summary>
/// <param name="store">Where it is kept.</param>
/// <param name="log">Is told when it cannot be.</param>
internal sealed class PublicationKeeper(StateStore store, ILogger log)
{
    private const string Kind = "publications";

    /// <summary>Takes up what was kept.</summary>
    /// <param name="states">Gets it.</param>
    /// <param name="package">The event package.</param>
    /// <param name="now">The time.</param>
    public void Restore(EventStateStore states, string package, DateTimeOffset now)
    {
        foreach (var (_, user, value) in store.Saved.Where(s => s.Kind == Kind))
        {
            states.Restore(user, package, Read(value).Select(p => new EventStateEntry(p.Tag, new SessionBody(p.ContentType, p.Content), p.Ends)), now);
        }
    }

    /// <summary>Answers a PUBLISH once what it says is on the disk.</summary>
    /// <param name="user">Whose it is.</param>
    /// <param name="current">Gives what there is when it is written.</param>
    /// <param name="answer">Answers.</param>
    public async Task AnswerAsync(string user, Func<IReadOnlyList<EventStateEntry>> current, Action answer)
    {
        try
        {
            await store.SaveAsync(Kind, user, () => Write(current())).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or InvalidOperationException)
        {
            // It is published all the same, as long as this server runs.
            log.LogError(e, "What {User} has published could not be kept", user);
        }

        answer();
    }

    private static byte[]? Write(IReadOnlyList<EventStateEntry> entries) => entries.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(
        [.. entries.Select(e => new SavedPublication(e.Tag, e.Body.ContentType, e.Body.Content.ToArray(), e.Ends))],
        SavedPublicationJson.Default.ListSavedPublication);

    private static List<SavedPublication> Read(byte[] value)
    {
        try
        {
            return JsonSerializer.Deserialize(value, SavedPublicationJson.Default.ListSavedPublication) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
