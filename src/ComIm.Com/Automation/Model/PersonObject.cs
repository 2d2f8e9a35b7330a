using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>A person as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImPerson))]
internal sealed class PersonObject(string address) : DispatchObject, IComImPerson
{
    private readonly Property _displayName = new(UserOf(address));

    public string Address { get; } = address;

    public IComImProperty Id { get; } = new Property(address);

    public IComImProperty DisplayName => _displayName;

    /// <summary>Somebody has told the person's name.</summary>
    public void Name(string? displayName)
    {
        if (!string.IsNullOrWhiteSpace(displayName))
        {
            _displayName.Change(displayName);
        }
    }

    // Who tells no name is called by the user part.
    private static string UserOf(string address)
    {
        var start = address.IndexOf(':', StringComparison.Ordinal) + 1;
        var end = address.IndexOf('@', start);
        return end > start ? address[start..end] : address[start..];
    }
}
