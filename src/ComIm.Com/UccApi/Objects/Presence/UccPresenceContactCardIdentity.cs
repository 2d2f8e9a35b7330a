using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Who a contact card is of. The server's directory writes it, so an application reads it only.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceContactCardIdentity(string displayName, IReadOnlyList<string> addresses)
    : DispatchObject(UccCoclasses.UccPresenceContactCardIdentity.Dispatch), IUccPresenceContactCardIdentity
{
    public string DisplayName => displayName;

    public IUccCollection EmailAddresses => new UccCollection(addresses);

    /// <summary>The addresses, for the value.</summary>
    internal IReadOnlyList<string> Addresses => addresses;
}
