using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// Categories that standard presence has no words for, as one element ([MS-PRES] section 2.2.2.6) that goes along in the presence
/// document: any server carries it, and who doesn't know it passes over it (RFC 3863 section 4.1.1).
/// </summary>
internal static class CategoryDocument
{
    // More nobody means.
    private const int MaxCategories = 200;

    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/2006/09/sip/categories";

    private static readonly string[] ExpireTypes = ["", "user", "device", "static", "time"];

    /// <summary>Writes categories; null where there are none.</summary>
    public static string? Write(string address, IReadOnlyCollection<PublishedCategory> categories) => categories.Count == 0
        ? null
        : new XElement(Namespace + "categories", new XAttribute("uri", address), categories.Select(Write)).ToString(SaveOptions.DisableFormatting);

    /// <summary>Reads what somebody said, oldest first; nothing where it is not of this kind.</summary>
    public static IReadOnlyList<PublishedCategory> Read(string? extension)
    {
        try
        {
            return extension != null && CategoryXml.Parse(extension) is var root && root.Name == Namespace + "categories"
                ? [.. root.Children("category").Take(MaxCategories).Select(Read).OfType<PublishedCategory>().OrderBy(c => c.PublishedTime)]
                : [];
        }
        catch (HResultException)
        {
            return [];
        }
    }

    private static XElement Write(PublishedCategory category) => new(
        Namespace + "category",
        new XAttribute("name", category.Name),
        new XAttribute("container", category.ContainerId),
        new XAttribute("instance", category.InstanceId),
        new XAttribute("version", category.Version),
        CategoryXml.Attribute("publishTime", category.PublishedTime),
        CategoryXml.Attribute("expireType", ExpireTypes[(int)category.ExpireType]),
        new XElement(category.Value));

    private static PublishedCategory? Read(XElement element) =>
        element.AttributeOf("name") is { Length: > 0 } name && element.Elements().FirstOrDefault() is { } value
            ? new PublishedCategory(
                name,
                CategoryXml.ToNumber(element.AttributeOf("container")),
                CategoryXml.ToNumber(element.AttributeOf("instance")),
                value,
                Math.Max(1, CategoryXml.ToNumber(element.AttributeOf("version"))),
                CategoryXml.ToTime(element.AttributeOf("publishTime")))
            {
                ExpireType = (UCC_CATEGORY_INSTANCE_EXPIRE_TYPE)Math.Max(0, Array.IndexOf(ExpireTypes, element.AttributeOf("expireType"))),
            }
            : null;
}
