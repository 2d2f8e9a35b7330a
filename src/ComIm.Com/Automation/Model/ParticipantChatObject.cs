using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>A participant's chat as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImParticipantChat))]
internal sealed class ParticipantChatObject : DispatchObject, IComImParticipantChat
{
    private readonly Property _state = new("Disconnected");
    private readonly Property _isTyping = new(false);

    public IComImProperty State => _state;

    public IComImProperty IsTyping => _isTyping;

    public void Enter(string state, string reason) => _state.Change(state, reason);

    public bool SetTyping(bool isTyping) => _isTyping.Change(isTyping);
}
