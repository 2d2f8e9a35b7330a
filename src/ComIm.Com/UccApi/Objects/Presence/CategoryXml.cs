using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Bodies;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The XML that the values of categories are written in ([MS-PRES] section 2.2.2), and how it is read safely.</summary>
internal static class CategoryXml
{
    /// <summary>A value longer than this is refused, in characters.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>The attribute that names the kind of a state.</summary>
    public static readonly XName SchemaType = XName.Get("type", "http://www.w3.org/2001/XMLSchema-instance");

    /// <summary>Reads a value.</summary>
    /// <exception cref="HResultException">UCC_E_MALFORMED_XML: it is not XML, has a DTD or is too long.</exception>
    public static XElement Parse(string? value)
    {
        try
        {
            return BoundedXml.Parse(value ?? "", MaxLength);
        }
        catch (XmlException e)
        {
            throw new HResultException(UccHResults.UCC_E_MALFORMED_XML, $"The value of a category is to be XML: {e.Message}");
        }
    }

    /// <summary>The child of this name in any namespace; null where there is none.</summary>
    public static XElement? Child(this XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    /// <summary>The children of this name in any namespace.</summary>
    public static IEnumerable<XElement> Children(this XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);

    /// <summary>The text of the child of this name; empty where there is none.</summary>
    public static string TextOf(this XElement element, string name) => element.Child(name)?.Value ?? "";

    /// <summary>The text of an attribute; empty where there is none.</summary>
    public static string AttributeOf(this XElement element, string name) => element.Attribute(name)?.Value ?? "";

    /// <summary>A number; 0 where there is none.</summary>
    public static int ToNumber(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A time in UTC (RFC 3339); the zero of DATE where there is none.</summary>
    public static DateTime ToTime(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : default;

    /// <summary>Whether a DATE says a time: its zero is the end of 1899.</summary>
    public static bool IsSet(DateTime time) => time.Year > 1899;

    /// <summary>An attribute, or null where there is nothing to say.</summary>
    public static XAttribute? Attribute(string name, string text) => text.Length == 0 ? null : new XAttribute(name, text);

    /// <summary>An attribute with a time, or null where it is not set.</summary>
    public static XAttribute? Attribute(string name, DateTime time) =>
        IsSet(time) ? new XAttribute(name, time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)) : null;

    /// <summary>An element, or null where there is nothing to say.</summary>
    public static XElement? Element(XName name, string text) => text.Length == 0 ? null : new XElement(name, text);
}
