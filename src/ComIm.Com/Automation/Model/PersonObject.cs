using System.Runtime.InteropServices;
using ComIm.Client.Presence;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>A person as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImPerson))]
internal sealed class PersonObject : DispatchObject, IComImPerson
{
    private readonly Property _id;
    private readonly Property _displayName;
    private readonly Property _status;
    private readonly Property _activity;
    private readonly Property _note;

    /// <param name="address">The address of record; empty while it is not known.</param>
    /// <param name="presence">Keeps the presence up to date.</param>
    /// <param name="publish">Publishes (status, activity, note); null where it is not ours to say.</param>
    public PersonObject(string address, PersonPresence presence, Func<string, string?, string?, Task>? publish = null)
    {
        Presence = presence;
        _id = new Property(address);
        _displayName = new Property(UserOf(address));
        _status = new Property("Unknown", Setter(v => publish!(v ?? "Online", Text(_activity), Text(_note))), presence);
        _activity = new Property(null, Setter(v => publish!(Stated, v, Text(_note))), presence);
        _note = new Property(null, Setter(v => publish!(Stated, Text(_activity), v)), presence);
        Note = new NoteObject(_note);

        Func<object?, Task>? Setter(Func<string?, Task> set) => publish is null ? null : value => set(value?.ToString());
    }

    public string Address => (string)_id.Value!;

    public IComImProperty Id => _id;

    public IComImProperty DisplayName => _displayName;

    public IComImProperty Status => _status;

    public IComImProperty Activity => _activity;

    public IComImNote Note { get; }

    internal PersonPresence Presence { get; }

    /// <summary>Is told of each new presence, by its status.</summary>
    internal Action<string>? PresenceChanged { get; set; }

    // Who says what he is doing is there, where he has said nothing else.
    private string Stated => Text(_status) is null or "Unknown" or "Offline" ? "Online" : Text(_status)!;

    /// <summary>Somebody has told the person's name.</summary>
    public void Name(string? displayName)
    {
        if (!string.IsNullOrWhiteSpace(displayName))
        {
            _displayName.Change(displayName);
        }
    }

    /// <summary>Becomes the person of another address.</summary>
    public void Become(string address, string? displayName)
    {
        _id.Change(address);
        _displayName.Change(UserOf(address));
        Name(displayName);
    }

    /// <summary>Takes over what the person says of their presence.</summary>
    public void Take(PresenceStatus status, string? displayName, string reason = "")
    {
        Name(displayName);
        var activity = status.Activities.Count > 0 ? status.Activities[0].ToString() : null;
        var availability = status.Availability.ToString();
        if (_note.Change(status.Note, reason) | _activity.Change(activity, reason) | _status.Change(availability, reason))
        {
            PresenceChanged?.Invoke(availability);
        }
    }

    // Who tells no name is called by the user part.
    private static string UserOf(string address)
    {
        var start = address.IndexOf(':', StringComparison.Ordinal) + 1;
        var end = address.IndexOf('@', start);
        return end > start ? address[start..end] : address[start..];
    }

    private static string? Text(Property? property) => property?.Value as string;
}
