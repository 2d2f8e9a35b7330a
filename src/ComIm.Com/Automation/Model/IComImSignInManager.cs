using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>Signs in and out without waiting.</summary>
[ComVisible(true)]
[Guid(ContractIds.SignInManagerInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImSignInManager
{
    /// <summary>SignedOut, SigningIn, SignedIn, Reconnecting or SigningOut.</summary>
    [DispId(1)]
    IComImProperty State { get; }

    /// <summary>Signs in.</summary>
    /// <param name="address">
    /// The SIP address; or an object with members <c>username</c> (the address), <c>password</c>, <c>server</c> and <c>transport</c>.
    /// </param>
    /// <param name="password">The password. It is written nowhere.</param>
    /// <param name="server">Host or host:port of the server; empty for the domain of the address.</param>
    /// <param name="transport"><c>udp</c>, <c>tcp</c> or <c>tls</c>; empty for what the server's domain offers.</param>
    /// <returns>A promise, kept when messages can be sent and received.</returns>
    [DispId(2)]
    IComImPromise SignIn(object address, string password = "", string server = "", string transport = "");

    /// <summary>Signs out.</summary>
    /// <returns>A promise, kept when the server knows.</returns>
    [DispId(3)]
    IComImPromise SignOut();
}
