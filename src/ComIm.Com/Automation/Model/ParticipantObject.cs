using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>A participant as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImParticipant))]
internal sealed class ParticipantObject(PersonObject person, Func<object?, Task>? setRole = null) : DispatchObject, IComImParticipant
{
    private readonly Property _state = new("Disconnected");
    private readonly Property _role = new("Attendee", setRole);
    private readonly ParticipantChatObject _chat = new();

    public string Address => person.Address;

    public IComImPerson Person => person;

    public IComImProperty Uri => person.Id;

    public IComImProperty DisplayName => person.DisplayName;

    public IComImProperty State => _state;

    public IComImProperty Role => _role;

    public IComImParticipantChat Chat => _chat;

    /// <summary>Takes over where the participant stands.</summary>
    /// <returns>Whether that is elsewhere than before.</returns>
    public bool Enter(string state, string chatState, string reason)
    {
        _chat.Enter(chatState, reason);
        return _state.Change(state, reason);
    }

    /// <summary>Takes over whether the participant is typing.</summary>
    /// <returns>Whether that is new.</returns>
    public bool SetTyping(bool isTyping) => _chat.SetTyping(isTyping);

    /// <summary>Takes over the role and the name.</summary>
    public void Take(string role, string? displayName)
    {
        _role.Change(role);
        person.Name(displayName);
    }
}
