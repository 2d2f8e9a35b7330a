namespace ComIm.Client.Contacts;

/// <summary>A contact was added, removed or changed.</summary>
/// <param name="contact">Which.</param>
public sealed class ContactEventArgs(Contact contact) : EventArgs
{
    /// <summary>Which.</summary>
    public Contact Contact { get; } = contact;
}
