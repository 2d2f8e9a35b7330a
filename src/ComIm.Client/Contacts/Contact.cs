using ComIm.Client.Presence;

namespace ComIm.Client.Contacts;

/// <summary>A person in the contact list. It stays the same object while it is in the list; what it holds changes by the list.</summary>
public sealed class Contact
{
    private readonly ContactList _list;

    internal Contact(ContactList list, string address, string? displayName, IReadOnlyList<string> groups)
    {
        _list = list;
        Address = address;
        DisplayName = displayName;
        Groups = groups;
    }

    /// <summary>Their address, as <c>sip:bob@example.com</c>.</summary>
    public string Address { get; }

    /// <summary>The name that the user gave them, or null.</summary>
    public string? DisplayName { get; internal set; }

    /// <summary>The groups that they are in; they need not be in any.</summary>
    public IReadOnlyList<string> Groups { get; internal set; }

    /// <summary>Whether what they send is refused, and our presence kept from them.</summary>
    public bool IsBlocked => _list.IsBlocked(Address);

    /// <summary>Their presence. The first who asks begins the watching, which ends when the contact is removed or the account signs out.</summary>
    /// <exception cref="ImException">It was not asked for before the account signed out.</exception>
    public Presentity Presence => _list.PresenceOf(this);

    internal Presentity? Watched { get; set; }

    /// <summary>For people: the name, or the address.</summary>
    public override string ToString() => DisplayName ?? Address;
}
