namespace ComIm.Client.Storage;

/// <summary>What an account keeps in <c>account.json</c>. It is replaced as a whole.</summary>
internal sealed record AccountData
{
    /// <summary>An account that has kept nothing yet.</summary>
    public static AccountData Empty { get; } = new();

    /// <summary>The form of the file; a later one is not read, so that nothing of it is lost by writing.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The contacts, in the order in which they were added.</summary>
    public IReadOnlyList<ContactData> Contacts { get; init; } = [];

    /// <summary>Who may watch.</summary>
    public WatcherData Watchers { get; init; } = new();
}
