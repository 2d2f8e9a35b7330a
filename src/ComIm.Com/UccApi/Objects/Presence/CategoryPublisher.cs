using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// Publishes categories at a server of today: contacts and groups are the account's contact list, containers and subscribers its rules
/// of who may watch; all others are the user's presence document (RFC 3903).
/// </summary>
internal sealed class CategoryPublisher(UccServerEndpoint endpoint, ImAccount account)
{
    // Servers take presence documents of 64 K.
    private const int MaxExtension = 48 * 1024;

    // Three weeks; timers know no more than seven.
    private const int MaxExpiryTime = 21 * 24 * 3600;

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(30);

    private readonly OwnCategories _own = endpoint.Own;

    public Task PublishAsync(IReadOnlyList<UccCategoryInstance> instances) => _own.ChangeAsync(async () =>
    {
        foreach (var instance in instances)
        {
            await (instance switch
            {
                UccContact contact => PublishAsync(contact),
                UccGroup group => PublishAsync(group),
                UccContainer container => PublishAsync(container),
                UccSubscriber subscriber => PublishAsync(subscriber),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
        }

        if (instances.Any(IsPresence))
        {
            await PublishPresenceAsync(_own.With(instances.Where(IsPresence))).ConfigureAwait(false);
        }
    });

    private static bool IsPresence(UccCategoryInstance instance) => instance is not (UccContact or UccGroup or UccContainer or UccSubscriber);

    private static bool IsRemoved(UccCategoryInstance instance) => instance.PublicationOperation == UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_REMOVE;

    private async Task PublishPresenceAsync(IReadOnlyList<PublishedCategory> next)
    {
        var status = PublishedPresence.Of(_own, next);
        if (status.Extension?.Length > MaxExtension)
        {
            throw new ImException(ImError.NotAccepted, $"The categories that are shown have more than {MaxExtension} characters.", 413);
        }

        if (status != account.Presence.Own)
        {
            await account.Presence.PublishAsync(status).ConfigureAwait(false);
        }

        var added = next.Except(_own.Published)
            .Where(c => c.ExpireType == UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_TIME && c.ExpiryTime > 0).ToList();
        _own.Commit(next);
        added.ForEach(c => _ = ExpireAsync(c));
    }

    /// <summary>Takes back what has had its time; when the server cannot be reached then, as soon as it can.</summary>
    private async Task ExpireAsync(PublishedCategory category)
    {
        try
        {
            var time = TimeSpan.FromSeconds(Math.Min(category.ExpiryTime, MaxExpiryTime));
            do
            {
                await Task.Delay(time, endpoint.Platform.Time, _own.Ended).ConfigureAwait(false);
                time = RetryPause;
            }
            while (!await TryRemoveAsync(category).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The endpoint is over: what was published ends with it.
        }
    }

    private async Task<bool> TryRemoveAsync(PublishedCategory category)
    {
        try
        {
            await _own.ChangeAsync(() => RemoveAsync(category)).ConfigureAwait(false);
            return true;
        }
        catch (ImException)
        {
            return false;
        }
    }

    private Task RemoveAsync(PublishedCategory category) =>
        _own.Published.Contains(category) ? PublishPresenceAsync([.. _own.Published.Where(c => c != category)]) : Task.CompletedTask;

    private async Task PublishAsync(UccContact contact)
    {
        var address = contact.Address;
        if (contact.OriginalValue?.TextOf("uri") is { Length: > 0 } before && before != address)
        {
            await account.Contacts.RemoveAsync(before).ConfigureAwait(false);
            _own.Drop(CategoryFactory.Contacts, before);
        }

        if (IsRemoved(contact))
        {
            await account.Contacts.RemoveAsync(address).ConfigureAwait(false);
            _own.Drop(CategoryFactory.Contacts, address);
            return;
        }

        var kept = await account.Contacts.AddAsync(address, contact.Name, contact.GroupNames).ConfigureAwait(false);
        _own.Keep(CategoryFactory.Contacts, kept.Address, new ContactWords(contact.ExternalUri, contact.ContactExtension));
    }

    /// <summary>The contact list knows groups by those who are in them; one that is empty lasts as long as the endpoint.</summary>
    private async Task PublishAsync(UccGroup group)
    {
        var before = group.OriginalValue?.TextOf("name") is { Length: > 0 } name ? name : group.Name;
        if (IsRemoved(group))
        {
            await RegroupAsync(before, c => [.. c.Groups.Where(g => g != before)]).ConfigureAwait(false);
            _own.Drop(CategoryFactory.Groups, before);
            return;
        }

        if (before != group.Name)
        {
            _own.Rename(CategoryFactory.Groups, before, group.Name);
            await RegroupAsync(before, c => [.. c.Groups.Select(g => g == before ? group.Name : g)]).ConfigureAwait(false);
        }

        _own.Keep(CategoryFactory.Groups, group.Name, new ContactWords(group.ExternalUri, group.GroupExtension));
        foreach (var contact in account.Contacts.All)
        {
            var isIn = contact.Groups.Contains(group.Name);
            if (isIn ? group.HasLost(contact.Address) : group.Has(contact.Address))
            {
                var groups = isIn ? contact.Groups.Where(g => g != group.Name) : contact.Groups.Append(group.Name);
                await account.Contacts.AddAsync(contact.Address, null, groups).ConfigureAwait(false);
            }
        }
    }

    private async Task RegroupAsync(string group, Func<Client.Contacts.Contact, IEnumerable<string>> groups)
    {
        foreach (var contact in account.Contacts.All.Where(c => c.Groups.Contains(group)))
        {
            await account.Contacts.AddAsync(contact.Address, null, groups(contact)).ConfigureAwait(false);
        }
    }

    /// <summary>Whom the application puts into the container of the blocked is blocked; whom it takes out is not any longer.</summary>
    private async Task PublishAsync(UccContainer container)
    {
        _own.Containers.Apply(container);
        if (container.Id == OwnContainers.BlockedId)
        {
            var blocked = _own.Containers.Find(OwnContainers.BlockedId)!.MembersNow
                .Where(m => m.Scope == UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER).Select(m => "sip:" + m.Uri).ToList();
            foreach (var address in account.Presence.Blocked.Except(blocked, StringComparer.OrdinalIgnoreCase).ToList())
            {
                await account.Presence.ClearRuleAsync(address).ConfigureAwait(false);
            }

            foreach (var address in blocked.Where(a => !account.Presence.IsBlocked(a)))
            {
                await account.Presence.BlockAsync(address).ConfigureAwait(false);
            }
        }

        // Other categories may be shown now.
        if (_own.Published.Count > 0)
        {
            await PublishPresenceAsync(_own.Published).ConfigureAwait(false);
        }
    }

    /// <summary>Who is acknowledged may watch; who is removed waits for the policy as before.</summary>
    private Task PublishAsync(UccSubscriber subscriber) => IsRemoved(subscriber) || !subscriber.Acknowledged
        ? account.Presence.ClearRuleAsync(subscriber.Address)
        : account.Presence.AllowAsync(subscriber.Address);
}
