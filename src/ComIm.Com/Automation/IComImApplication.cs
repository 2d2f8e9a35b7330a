using System.Runtime.InteropServices;
using ComIm.Com.Automation.Model;

namespace ComIm.Com.Automation;

/// <summary>
/// <c>ComIm.Application</c>: signs in to a SIP server, sends messages and receives them. Every failure arrives as
/// <c>Err.Number</c> and <c>Err.Description</c>; which number means what stands in <see cref="ErrorTable"/>.
/// </summary>
[ComVisible(true)]
[Guid(ContractIds.ApplicationInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImApplication
{
    /// <summary>Signs in and returns when messages can be sent and received.</summary>
    /// <param name="address">The SIP address, <c>sip:alice@example.com</c>; the scheme may be left out.</param>
    /// <param name="password">The password. It is written nowhere.</param>
    /// <param name="server">Host or host:port of the server; empty for the domain of the address.</param>
    /// <param name="transport">
    /// <c>udp</c>, <c>tcp</c> or <c>tls</c>; empty for what the server's domain offers, TLS before all. A server that is given with
    /// its port is asked over UDP then.
    /// </param>
    [DispId(1)]
    void SignIn(string address, string password, string server = "", string transport = "");

    /// <summary>Signs out. Doing it twice does nothing.</summary>
    [DispId(2)]
    void SignOut();

    /// <summary>SignedOut, SigningIn, SignedIn or Reconnecting.</summary>
    [DispId(3)]
    string State { get; }

    /// <summary>The address that is signed in, as <c>sip:alice@example.com</c>; empty while signed out.</summary>
    [DispId(4)]
    string Address { get; }

    /// <summary>Sends a text and waits until the other side, or a server for it, has taken it.</summary>
    /// <param name="to">The SIP address of the recipient; the scheme may be left out.</param>
    /// <param name="text">Plain text.</param>
    /// <returns>The message with its status.</returns>
    [DispId(5)]
    IComImMessage SendMessage(string to, string text);

    /// <summary>
    /// Waits for the next message that comes in. Events are delivered and window messages handled meanwhile. Messages
    /// that come in between two calls are kept, the newest <see cref="MessageInbox.Capacity"/> of them.
    /// </summary>
    /// <param name="timeoutMs">How long, in milliseconds; 0 only looks, -1 waits for ever.</param>
    /// <returns>The message; Nothing where none came in time.</returns>
    [DispId(6)]
    IComImMessage? WaitForMessage(int timeoutMs = -1);

    /// <summary>
    /// Listens to the events without ConnectObject: an object with methods named as the events of
    /// <see cref="IComImEvents"/>, or a function, which gets each message. It is connected to this object's own
    /// connection point; Nothing disconnects it.
    /// </summary>
    [DispId(7)]
    object? Sink { [param: MarshalAs(UnmanagedType.Struct)] set; }

    /// <summary>The version of ComIm, as <c>0.1.0</c>.</summary>
    [DispId(8)]
    string Version { get; }

    /// <summary>Signs in and out without waiting.</summary>
    [DispId(9)]
    IComImSignInManager SignInManager { get; }

    /// <summary>The conversations.</summary>
    [DispId(10)]
    IComImConversationsManager ConversationsManager { get; }

    /// <summary>Waits so long; callbacks and events are delivered and window messages handled meanwhile.</summary>
    /// <param name="timeoutMs">How long, in milliseconds.</param>
    [DispId(11)]
    void Wait(int timeoutMs);

    /// <summary>The people.</summary>
    [DispId(12)]
    IComImPersonsAndGroupsManager PersonsAndGroupsManager { get; }

    /// <summary>
    /// The folder that keeps contacts, and history where <see cref="IComImConversationsManager.IsHistoryEnabled"/> says so, for later
    /// runs; empty keeps them in memory while one is signed in. It counts from the next sign-in on.
    /// </summary>
    [DispId(13)]
    string DataDirectory { get; set; }
}
