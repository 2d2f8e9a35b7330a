using System.Text;
using System.Xml;
using ComIm.Sip.Bodies;

namespace ComIm.Sip.Tests.Security;

public sealed class BoundedXmlTests
{
    [Theory]
    [InlineData(BoundedXml.MaxDepth, true)]
    [InlineData(BoundedXml.MaxDepth + 1, false)]
    [InlineData(100_000, false)]
    public void Document_IsReadUpToTheDepth(int depth, bool isRead)
    {
        // The root is at depth 0.
        var text = string.Concat(Enumerable.Repeat("<a>", depth)) + "<a/>" + string.Concat(Enumerable.Repeat("</a>", depth));
        Assert.Equal(isRead, BoundedXml.Read(Encoding.UTF8.GetBytes(text), 1024 * 1024) is not null);
        if (!isRead)
        {
            Assert.Throws<XmlException>(() => BoundedXml.Parse(text, 1024 * 1024));
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE a><a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>")]
    [InlineData("<a>&e;</a>")]
    [InlineData("<a>")]
    [InlineData("")]
    [InlineData("<a>01234567890123456789</a>")]
    public void Document_OtherThanPlainAndShort_IsNone(string text)
    {
        Assert.Null(BoundedXml.Read(Encoding.UTF8.GetBytes(text), 20));
        Assert.Throws<XmlException>(() => BoundedXml.Parse(text, 20));
    }
}
