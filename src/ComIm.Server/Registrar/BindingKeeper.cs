using System.Text.Json;
using ComIm.Server.Storage;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace ComIm.Server.Registrar;

/// <summary>
/// Keeps the bindings over UDP: their devices do not notice that the server was away, and could not be reached until they renew. Those
/// over TCP and TLS end with their connection, which their devices do notice: they come back by themselves.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="location">Who is where.</param>
/// <param name="log">Is told when they cannot be.</param>
internal sealed class BindingKeeper(StateStore store, LocationService location, ILogger log)
{
    private const string Kind = "bindings";

    /// <summary>Takes up what was kept.</summary>
    /// <returns>The users who are there again.</returns>
    public IReadOnlyList<string> Restore()
    {
        var users = new List<string>();
        foreach (var (_, user, value) in store.Saved.Where(s => s.Kind == Kind))
        {
            var bindings = Read(value);
            if (bindings.Count > 0 && location.TryApply(user, bindings) && location.Find(user).Count > 0)
            {
                users.Add(user);
            }
        }

        return users;
    }

    /// <summary>Answers a REGISTER once its bindings are on the disk: who was told that he is registered is so after a kill, too.</summary>
    /// <param name="user">Whose they are.</param>
    /// <param name="transaction">The REGISTER.</param>
    /// <param name="response">The answer.</param>
    public async Task RespondAsync(string user, ServerTransaction transaction, SipResponse response)
    {
        try
        {
            await store.SaveAsync(Kind, user, () => Write(user)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or InvalidOperationException)
        {
            // He is registered all the same, as long as this server runs.
            log.LogError(e, "The bindings of {User} could not be kept", user);
        }

        transaction.Respond(response);
    }

    private byte[]? Write(string user)
    {
        var kept = location.Find(user).Where(b => b.Target.Transport == SipTransportKind.Udp).Select(SavedBinding.Of).ToList();
        return kept.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(kept, SavedBindingJson.Default.ListSavedBinding);
    }

    private static List<Binding> Read(byte[] value)
    {
        try
        {
            return [.. JsonSerializer.Deserialize(value, SavedBindingJson.Default.ListSavedBinding)!.Select(b => b.ToBinding()).OfType<Binding>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
