using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A text and the language that it is in.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccLocaleString(string text, int lcid) : DispatchObject(UccCoclasses.UccLocaleString.Dispatch), IUccLocaleString
{
    public string String { get; set => field = value ?? ""; } = text;

    /// <summary>The Windows language identifier; 0 where it is not known.</summary>
    public int Lcid { get; set; } = lcid;

    /// <summary>Reads an element with the attribute <c>LCID</c>.</summary>
    public static UccLocaleString Read(XElement element) => new(element.Value, CategoryXml.ToNumber(element.AttributeOf("LCID")));
}
