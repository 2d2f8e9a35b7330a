using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>A user name, a password and a domain. The password is given back only to who asks this object for it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccCredential(string userName, string password, string domain)
    : DispatchObject(UccCoclasses.UccCredential.Dispatch), IUccCredential
{
    public string UserName => userName;

    public string Password => password;

    public string Domain => domain;

    /// <summary>The name alone: passwords go nowhere.</summary>
    public override string ToString() => userName;
}
