using System.Runtime.InteropServices;
using ComIm.Client.Contacts;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.UserSearch;

/// <summary>Somebody who was found. Of what the columns name, a contact list knows the address and the name.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccUserSearchResultRecord(Contact contact)
    : DispatchObject(UccCoclasses.UccUserSearchResultRecord.Dispatch), IUccUserSearchResultRecord
{
    public string get_Value(UCC_USER_SEARCH_COLUMN enColumn) => enColumn switch
    {
        UCC_USER_SEARCH_COLUMN.UCCUSC_URI => contact.Address,
        UCC_USER_SEARCH_COLUMN.UCCUSC_DISPLAYNAME => contact.DisplayName ?? "",
        UCC_USER_SEARCH_COLUMN.UCCUSC_EMAIL => contact.Address[(contact.Address.IndexOf(':', StringComparison.Ordinal) + 1)..],
        _ when Enum.IsDefined(enColumn) => "",
        _ => throw new HResultException(HResults.InvalidArgument, $"{(int)enColumn} is not a UCC_USER_SEARCH_COLUMN."),
    };
}
