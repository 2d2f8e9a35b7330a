using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The words that a contact card has for the kinds of its parts, and the numbers of the UCC API for them.</summary>
internal static class ContactCardTypes
{
    private static readonly string[] Addresses = ["", "work", "home", "other"];
    private static readonly string[] Urls = ["", "sharepoint", "voicemail", "other"];
    private static readonly string[] Phones = ["", "work", "home", "fax", "mobile", "other"];

    public static UCC_CONTACT_CARD_ADDRESS_TYPE Address(string name) => (UCC_CONTACT_CARD_ADDRESS_TYPE)IndexOf(Addresses, name);

    public static UCC_CONTACT_CARD_URL_TYPE Url(string name) => (UCC_CONTACT_CARD_URL_TYPE)IndexOf(Urls, name);

    public static UCC_CONTACT_CARD_PHONE_TYPE Phone(string name) => (UCC_CONTACT_CARD_PHONE_TYPE)IndexOf(Phones, name);

    public static string NameOf(UCC_CONTACT_CARD_ADDRESS_TYPE type) => Addresses.ElementAtOrDefault((int)type) ?? "";

    public static string NameOf(UCC_CONTACT_CARD_URL_TYPE type) => Urls.ElementAtOrDefault((int)type) ?? "";

    public static string NameOf(UCC_CONTACT_CARD_PHONE_TYPE type) => Phones.ElementAtOrDefault((int)type) ?? "";

    private static int IndexOf(string[] names, string name) => Math.Max(0, Array.IndexOf(names, name));
}
