using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conferencing;

/// <summary>The Replaces header (RFC 3891 section 6.1): the dialog whose place an INVITE takes.</summary>
internal static class ReplacedDialog
{
    public const string HeaderName = "Replaces";

    /// <summary>The dialog as it is known here; null where the value is none.</summary>
    public static DialogId? Read(string value)
    {
        var fields = value.Split(';', StringSplitOptions.TrimEntries);
        string? to = null;
        string? from = null;
        foreach (var field in fields.Skip(1))
        {
            switch (field.Split('=', 2))
            {
                case ["to-tag", var tag]:
                    to = tag;
                    break;
                case ["from-tag", var tag]:
                    from = tag;
                    break;
            }
        }

        return to is null || from is null || fields[0].Length == 0 ? null : new DialogId(fields[0], to, from);
    }

    /// <summary>A person who is to be asked in the place of a dialog with us, as it stands in Refer-To.</summary>
    public static NameAddress ReferTo(SipUri person, DialogId ours)
    {
        // Seen from there their tag is the local one.
        var value = $"{ours.CallId};to-tag={ours.RemoteTag};from-tag={ours.LocalTag}";
        return new NameAddress(SipUri.Parse($"{person}?{HeaderName}={Uri.EscapeDataString(value)}"));
    }
}
