using ComIm.Client;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>The people that an application has met: one object each, for the life of the application.</summary>
internal sealed class People
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PersonObject> _byAddress = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The person of an address of record, as <c>sip:bob@example.com</c>.</summary>
    public PersonObject Get(string address)
    {
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(address, out var person))
            {
                _byAddress.Add(address, person = new PersonObject(address));
            }

            return person;
        }
    }

    /// <summary>The address that an argument names: a text, a person, a participant or a property of one.</summary>
    /// <exception cref="HResultException">It names none.</exception>
    public static string AddressOf(object? value) => ScriptValue.Unwrap(value) switch
    {
        string address when !string.IsNullOrWhiteSpace(address) => address.Trim(),
        PersonObject person => person.Address,
        ParticipantObject participant => participant.Address,
        _ => throw ErrorTable.Translate(new ImException(ImError.BadAddress, "A SIP address is wanted here, as sip:bob@example.com, or a person.")),
    };
}
