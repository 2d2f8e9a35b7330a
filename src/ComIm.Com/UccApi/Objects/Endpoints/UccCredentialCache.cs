using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>The credentials of an endpoint, one a realm; the realm <c>*</c> stands for every other.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccCredentialCache(Func<bool> isInUse) : DispatchObject(UccCoclasses.UccCredentialCache.Dispatch), IUccCredentialCache
{
    /// <summary>More realms than anybody has passwords for.</summary>
    public const int Capacity = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, IUccCredential> _byRealm = new(StringComparer.Ordinal);

    /// <summary>
    /// Who is logged on to this computer, without a password: Windows gives none away, and Digest cannot do without. It
    /// answers servers that do not ask for one.
    /// </summary>
    public IUccCredential DefaultCredential { get; } = new UccCredential(Environment.UserName, "", Environment.UserDomainName);

    public IUccCredential CreateCredential(string? bstrUserName, string? bstrPassword, string? bstrDomain) =>
        string.IsNullOrWhiteSpace(bstrUserName)
            ? throw new HResultException(HResults.InvalidArgument, "A credential needs a user name.")
            : new UccCredential(bstrUserName, bstrPassword ?? "", bstrDomain ?? "");

    /// <summary>Sets the credential of a realm. While the endpoint is enabled, one that is there stays.</summary>
    /// <exception cref="HResultException">UCC_E_NO_REALM, UCC_E_DUPLICATE_REALM or E_INVALIDARG.</exception>
    public void SetCredential(string? bstrRealm, IUccCredential? pCredential)
    {
        if (string.IsNullOrWhiteSpace(bstrRealm))
        {
            throw new HResultException(UccHResults.UCC_E_NO_REALM, "A credential is set for a realm; * stands for every realm.");
        }

        if (pCredential == null)
        {
            throw new HResultException(HResults.InvalidArgument, "There is no credential to set; RemoveCredential removes one.");
        }

        lock (_gate)
        {
            if (_byRealm.ContainsKey(bstrRealm) && isInUse())
            {
                throw new HResultException(
                    UccHResults.UCC_E_DUPLICATE_REALM, $"The realm {bstrRealm} has a credential, and the endpoint is enabled with it.");
            }

            if (_byRealm.Count == Capacity && !_byRealm.ContainsKey(bstrRealm))
            {
                throw new HResultException(HResults.InvalidArgument, $"There are credentials for {Capacity} realms already.");
            }

            _byRealm[bstrRealm] = pCredential;
        }
    }

    /// <exception cref="HResultException">UCC_E_NO_REALM: there is none.</exception>
    public void RemoveCredential(string? bstrRealm)
    {
        lock (_gate)
        {
            if (!_byRealm.Remove(bstrRealm ?? ""))
            {
                throw new HResultException(UccHResults.UCC_E_NO_REALM, $"There is no credential for the realm {bstrRealm}.");
            }
        }
    }

    public bool TryGetCredential(string? bstrRealm, out IUccCredential? ppCredential)
    {
        lock (_gate)
        {
            return _byRealm.TryGetValue(bstrRealm ?? "", out ppCredential);
        }
    }

    /// <summary>The credentials of this moment by realm.</summary>
    internal IReadOnlyList<KeyValuePair<string, IUccCredential>> Snapshot()
    {
        lock (_gate)
        {
            return [.. _byRealm];
        }
    }
}
