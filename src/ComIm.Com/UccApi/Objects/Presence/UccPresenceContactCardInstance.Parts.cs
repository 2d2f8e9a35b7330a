using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The addresses, pages and telephones of a contact card.</summary>
internal sealed partial class UccPresenceContactCardInstance
{
    private readonly UccList<IUccPresenceContactCardAddress> _addresses = new("address");
    private readonly UccList<IUccPresenceContactCardUrl> _urls = new("URL");
    private readonly UccList<IUccPresenceContactCardPhone> _phones = new("telephone");

    public IUccCollection Addresses => _addresses.ToCollection();

    public IUccCollection Urls => _urls.ToCollection();

    public IUccCollection Phones => _phones.ToCollection();

    public IUccPresenceContactCardAddress CreateAddress(UCC_CONTACT_CARD_ADDRESS_TYPE enType) => new UccPresenceContactCardAddress(enType);

    public void AddAddress(IUccPresenceContactCardAddress? pAddress) => Change(_addresses, list => list.Add(pAddress));

    public void RemoveAddress(IUccPresenceContactCardAddress? pAddress) => Change(_addresses, list => list.Remove(pAddress));

    public void RemoveAllAddresses() => Change(_addresses, list => list.Replace([]));

    public IUccPresenceContactCardUrl CreateUrl(UCC_CONTACT_CARD_URL_TYPE enUrlType) => new UccPresenceContactCardUrl(enUrlType);

    public void AddUrl(IUccPresenceContactCardUrl? pUrl) => Change(_urls, list => list.Add(pUrl));

    public void RemoveUrl(IUccPresenceContactCardUrl? pUrl) => Change(_urls, list => list.Remove(pUrl));

    public void RemoveAllUrls() => Change(_urls, list => list.Replace([]));

    public IUccPresenceContactCardPhone CreatePhone(UCC_CONTACT_CARD_PHONE_TYPE enPhoneType) => new UccPresenceContactCardPhone(enPhoneType);

    public void AddPhone(IUccPresenceContactCardPhone? pPhone) => Change(_phones, list => list.Add(pPhone));

    public void RemovePhone(IUccPresenceContactCardPhone? pPhone) => Change(_phones, list => list.Remove(pPhone));

    public void RemoveAllPhones() => Change(_phones, list => list.Replace([]));

    private void Change<T>(UccList<T> list, Action<UccList<T>> change)
        where T : class
    {
        DemandPublishable();
        change(list);
    }
}
