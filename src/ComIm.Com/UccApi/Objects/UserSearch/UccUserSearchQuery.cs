using System.Runtime.InteropServices;
using ComIm.Client.Contacts;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.UserSearch;

/// <summary>
/// Looks for people. A SIP server has no directory, so the contact list is searched: somebody is found when each term is part of
/// their name or of their address.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccUserSearchQuery : EventSourceObject, IUccUserSearchQuery
{
    private const int ExecuteEvent = 13000;
    private const int MaxTerms = 100;

    private readonly Lock _gate = new();
    private readonly UccServerEndpoint _endpoint;
    private readonly SortedDictionary<string, string> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<UCC_USER_SEARCH_PREFERENCE, uint> _preferences = [];
    private readonly ConnectionPoint _events;

    public UccUserSearchQuery(UccServerEndpoint endpoint)
        : base(UccCoclasses.UccUserSearchQuery.Dispatch, UccCoclasses.UccUserSearchQuery.Sources, endpoint.Lane)
    {
        _endpoint = endpoint;
        _events = PointFor(typeof(_IUccUserSearchQueryEvents));
    }

    /// <summary>The names of the terms that are set, with commas between them.</summary>
    public string SearchTerms
    {
        get
        {
            lock (_gate)
            {
                return string.Join(',', _terms.Keys);
            }
        }
    }

    /// <summary>Only addresses of this domain are found; empty for all.</summary>
    public string SearchDomain { get; set => field = value ?? ""; } = "";

    public string get_SearchTerm(string? bstrName)
    {
        lock (_gate)
        {
            return _terms.GetValueOrDefault(bstrName ?? "", "");
        }
    }

    /// <summary>Sets a term, as <c>givenName</c> or <c>givenEmail</c>; an empty value takes it away.</summary>
    public void set_SearchTerm(string? bstrName, string? value)
    {
        lock (_gate)
        {
            if (string.IsNullOrEmpty(bstrName) || (_terms.Count == MaxTerms && !_terms.ContainsKey(bstrName)))
            {
                throw new HResultException(HResults.InvalidArgument, $"A term has a name, and there are {MaxTerms} at most.");
            }

            if (string.IsNullOrEmpty(value))
            {
                _terms.Remove(bstrName);
            }
            else
            {
                _terms[bstrName] = value;
            }
        }
    }

    public uint get_SearchPreference(UCC_USER_SEARCH_PREFERENCE enPreference)
    {
        lock (_gate)
        {
            return _preferences.GetValueOrDefault(Check(enPreference));
        }
    }

    public void set_SearchPreference(UCC_USER_SEARCH_PREFERENCE enPreference, uint value)
    {
        lock (_gate)
        {
            _preferences[Check(enPreference)] = value;
        }
    }

    /// <summary>Searches; <c>OnExecute</c> brings what was found.</summary>
    public void Execute(IUccOperationContext? pOperationContext = null)
    {
        var account = _endpoint.DemandAccount();
        string[] terms;
        lock (_gate)
        {
            terms = [.. _terms.Values];
        }

        if (terms.Length == 0)
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_OBJECT_STATE, "Set a SearchTerm first.");
        }

        var found = account.Contacts.All.Where(c => Matches(c, terms)).Select(c => new UccUserSearchResultRecord(c)).ToList();
        var max = get_SearchPreference(UCC_USER_SEARCH_PREFERENCE.UCCUSP_MAX_MATCHES);
        var isCut = max > 0 && found.Count > max;
        _events.Raise(ExecuteEvent, this, new UccUserSearchQueryEvent(pOperationContext, isCut ? found[..(int)max] : found, isCut));
    }

    private bool Matches(Contact contact, string[] terms) =>
        (SearchDomain.Length == 0 || contact.Address.EndsWith("@" + SearchDomain, StringComparison.OrdinalIgnoreCase))
        && Array.TrueForAll(terms, t =>
            contact.Address.Contains(t, StringComparison.OrdinalIgnoreCase)
            || contact.DisplayName?.Contains(t, StringComparison.OrdinalIgnoreCase) == true);

    private static UCC_USER_SEARCH_PREFERENCE Check(UCC_USER_SEARCH_PREFERENCE preference) => Enum.IsDefined(preference)
        ? preference
        : throw new HResultException(HResults.InvalidArgument, $"{(int)preference} is not a UCC_USER_SEARCH_PREFERENCE.");
}
