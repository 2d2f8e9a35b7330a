using System.Xml;
using System.Xml.Linq;

namespace ComIm.Sip.Bodies;

/// <summary>
/// Reads XML that strangers have written: without a DTD, so that there are neither entities nor anything to fetch, up to a length, and
/// up to a depth. The tree of LINQ to XML walks itself by recursion: a document that is nothing but a hundred thousand opening tags
/// would end the process, since nobody can catch the end of a stack.
/// </summary>
public static class BoundedXml
{
    /// <summary>How deep elements may stand in each other; documents of presence and conferences need less than ten.</summary>
    public const int MaxDepth = 64;

    /// <summary>Reads a document; null where it is none, has a DTD, or is too long or too deep.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="maxCharacters">The longest document.</param>
    public static XElement? Read(ReadOnlyMemory<byte> content, int maxCharacters)
    {
        try
        {
            var bytes = content.ToArray();
            return Load(() => XmlReader.Create(new MemoryStream(bytes), Settings(maxCharacters)));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Reads a document.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxCharacters">The longest document.</param>
    /// <exception cref="XmlException">It is none, has a DTD, or is too long or too deep.</exception>
    public static XElement Parse(string text, int maxCharacters) =>
        Load(() => XmlReader.Create(new StringReader(text), Settings(maxCharacters)));

    private static XElement Load(Func<XmlReader> open)
    {
        using (var first = open())
        {
            while (first.Read())
            {
                if (first.Depth > MaxDepth)
                {
                    throw new XmlException("The document is nested too deeply.");
                }
            }
        }

        using var reader = open();
        return XElement.Load(reader);
    }

    private static XmlReaderSettings Settings(int maxCharacters) =>
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = maxCharacters };
}
