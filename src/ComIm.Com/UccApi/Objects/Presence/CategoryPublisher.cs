using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// Publishes categories at a server of today: <c>state</c> and <c>note</c> together are the user's presence document (RFC 3903),
/// what one publication does not speak of stays as it was. Categories of the application's own have no place there.
/// </summary>
internal sealed class CategoryPublisher(ImAccount account)
{
    public async Task PublishAsync(IReadOnlyList<UccCategoryInstance> instances)
    {
        if (instances.OfType<UccPresenceStateInstance>().Any() || instances.OfType<UccPresenceNoteInstance>().Any())
        {
            var next = instances.Aggregate(account.Presence.Own, Apply);
            await account.Presence.PublishAsync(next.Availability, next.Note, next.Activities).ConfigureAwait(false);
        }

        foreach (var contact in instances.OfType<UccContact>())
        {
            await PublishAsync(contact).ConfigureAwait(false);
        }
    }

    private Task PublishAsync(UccContact contact) => contact.PublicationOperation == UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_REMOVE
        ? account.Contacts.RemoveAsync(contact.Address)
        : account.Contacts.AddAsync(contact.Address, contact.Name, contact.GroupNames);

    private static PresenceStatus Apply(PresenceStatus status, UccCategoryInstance instance)
    {
        var isRemoved = instance.PublicationOperation == UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_REMOVE;
        return instance switch
        {
            UccPresenceStateInstance when isRemoved => status with { Availability = PresenceAvailability.Unknown, Activities = [] },
            UccPresenceStateInstance state => status with
            {
                Availability = PresenceValues.ToAvailability(state.Availability),
                Activities = [.. PresenceValues.ToActivities(state.Activities.Cast<IUccPresenceActivity>().Select(a => a.Token))],
            },
            UccPresenceNoteInstance when isRemoved => status with { Note = null },
            UccPresenceNoteInstance note => status with { Note = note.Notes.Cast<IUccPresenceNoteData>().FirstOrDefault()?.Content?.String },
            _ => status,
        };
    }
}
