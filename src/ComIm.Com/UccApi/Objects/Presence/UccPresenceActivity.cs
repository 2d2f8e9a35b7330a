using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>What somebody does: a token that software knows, and words for people in their language.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceActivity() : DispatchObject(UccCoclasses.UccPresenceActivity.Dispatch), IUccPresenceActivity
{
    private readonly UccList<IUccLocaleString> _strings = new("text");
    private int _min;
    private int _max;

    /// <summary>As <c>on-the-phone</c>, <c>in-a-meeting</c>.</summary>
    public string Token { get; set => field = value ?? ""; } = "";

    public IUccCollection CustomStrings => _strings.ToCollection();

    public void GetAvailabilityRange(out int plMinAvailability, out int plMaxAvailability) =>
        (plMinAvailability, plMaxAvailability) = (_min, _max);

    public void SetAvailabilityRange(int lMinAvailability, int lMaxAvailability)
    {
        if (lMinAvailability < 0 || lMinAvailability > lMaxAvailability)
        {
            throw new HResultException(HResults.InvalidArgument, "The lowest availability is above the highest, or below zero.");
        }

        (_min, _max) = (lMinAvailability, lMaxAvailability);
    }

    public void CreateCustomString(string? bstrString, out IUccLocaleString ppCustomString) => ppCustomString = new UccLocaleString(bstrString ?? "", 0);

    public void AddCustomString(IUccLocaleString? pCustomString) => _strings.Add(pCustomString);

    public void RemoveCustomString(IUccLocaleString? pCustomString) => _strings.Remove(pCustomString);

    /// <summary>Reads an <c>activity</c>.</summary>
    public static UccPresenceActivity Read(XElement element)
    {
        var activity = new UccPresenceActivity
        {
            Token = element.AttributeOf("token"),
            _min = CategoryXml.ToNumber(element.AttributeOf("minAvailability")),
            _max = CategoryXml.ToNumber(element.AttributeOf("maxAvailability")),
        };
        activity._strings.Replace(element.Children("custom").Select(UccLocaleString.Read));
        return activity;
    }

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceActivity activity, XNamespace ns)
    {
        activity.GetAvailabilityRange(out var min, out var max);
        return new XElement(
            ns + "activity",
            CategoryXml.Attribute("token", activity.Token ?? ""),
            max == 0 ? null : new XAttribute("minAvailability", min),
            max == 0 ? null : new XAttribute("maxAvailability", max),
            activity.CustomStrings.Cast<IUccLocaleString>().Select(s => new XElement(ns + "custom", new XAttribute("LCID", s.Lcid), s.String)));
    }
}
