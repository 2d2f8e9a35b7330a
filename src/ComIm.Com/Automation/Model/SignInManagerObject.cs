using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>Signing in as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImSignInManager))]
internal sealed class SignInManagerObject(Application owner) : DispatchObject, IComImSignInManager
{
    private readonly Property _state = new("SignedOut");

    public IComImProperty State => _state;

    public IComImPromise SignIn(object address, string password = "", string server = "", string transport = "")
    {
        string Read(string name, string given) => given.Length > 0 ? given : ScriptObject.Read(address, name) as string ?? "";

        // Read here, on the script's own thread.
        var settings = Application.SettingsOf(
            address as string ?? Read("username", ""), Read("password", password ?? ""), Read("server", server ?? ""), Read("transport", transport ?? ""));
        return Promise.Run(() => owner.SignInAsync(settings));
    }

    public IComImPromise SignOut() => Promise.Run(owner.SignOutAsync);

    internal void Enter(string state) => _state.Change(state);
}
