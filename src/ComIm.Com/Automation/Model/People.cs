using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>The people that an application has met: one object each, for the life of the application.</summary>
internal sealed class People
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PersonObject> _byAddress = new(StringComparer.OrdinalIgnoreCase);
    private ImAccount? _account;

    private readonly ConnectionPoint _events;

    /// <param name="events">The events of the application.</param>
    public People(ConnectionPoint events)
    {
        _events = events;
        Me = Make("", PublishAsync);
    }

    /// <summary>Oneself.</summary>
    public PersonObject Me { get; }

    /// <summary>The address that an argument names: a text, a person, a participant or a property of one.</summary>
    /// <exception cref="HResultException">It names none.</exception>
    public static string AddressOf(object? value) => ScriptValue.Unwrap(value) switch
    {
        string address when address.Contains('@', StringComparison.Ordinal) => WithScheme(address.Trim()),
        PersonObject person => person.Address,
        ParticipantObject participant => participant.Address,
        _ => throw ErrorTable.Translate(new ImException(ImError.BadAddress, "A SIP address is wanted here, as sip:bob@example.com, or a person.")),
    };

    /// <summary>The person of an address of record, as <c>sip:bob@example.com</c>.</summary>
    public PersonObject Get(string address)
    {
        lock (_gate)
        {
            if (string.Equals(address, Me.Address, StringComparison.OrdinalIgnoreCase))
            {
                return Me;
            }

            if (!_byAddress.TryGetValue(address, out var person))
            {
                _byAddress.Add(address, person = Make(address, null));
                person.Presence.Enter(_account);
            }

            return person;
        }
    }

    /// <summary>The account has signed in, or out where there is none.</summary>
    public void Enter(ImAccount? account)
    {
        lock (_gate)
        {
            _account = account;
            if (account != null)
            {
                Me.Become(account.Address, account.DisplayName);
            }

            Me.Presence.Enter(account);
            foreach (var person in _byAddress.Values)
            {
                person.Presence.Enter(account);
            }
        }
    }

    private static string WithScheme(string address) => address.Contains(':', StringComparison.Ordinal) ? address : "sip:" + address;

    private PersonObject Make(string address, Func<string, string?, string?, Task>? publish)
    {
        var presence = new PersonPresence();
        var person = presence.Person = new PersonObject(address, presence, publish);
        person.PresenceChanged = status => _events.Raise(10, person, status);
        return person;
    }

    private async Task PublishAsync(string status, string? activity, string? note)
    {
        var account = _account ?? throw Application.NotSignedIn();
        var availability = Parse<PresenceAvailability>(status, "status");
        PresenceActivity[] activities = string.IsNullOrWhiteSpace(activity) ? [] : [Parse<PresenceActivity>(activity, "activity")];
        await account.Presence.PublishAsync(availability, note, activities).ConfigureAwait(false);
        Me.Take(account.Presence.Own, null);
    }

    private static T Parse<T>(string word, string what)
        where T : struct, Enum =>
        Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(word[0])
            ? value
            : throw new HResultException(HResults.InvalidArgument, $"The {what} is one of {string.Join(", ", Enum.GetNames<T>())}, not \"{word}\".");
}
