using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Signaling;

/// <summary>What a server, or the other side, says of why something went as it did.</summary>
/// <param name="type">Who says it, and in which header field.</param>
/// <param name="code">Its number; 0 where it has none.</param>
/// <param name="subCodes">Further numbers.</param>
/// <param name="source">The host that says it; empty where that is not said.</param>
/// <param name="text">The words for people.</param>
/// <param name="properties">Every parameter by its name.</param>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccDiagnosticInfo(
    UCC_DIAGNOSTIC_INFO_TYPE type, int code, IReadOnlyList<object> subCodes, string source, string text, PropertyList properties)
    : DispatchObject(UccCoclasses.UccDiagnosticInfo.Dispatch), IUccDiagnosticInfo
{
    public UCC_DIAGNOSTIC_INFO_TYPE Type => type;

    public int Code => code;

    public IUccArray SubCodes { get; } = new UccArray(subCodes);

    public string Source => source;

    public string Text => text;

    public IUccReadOnlyPropertyCollection Properties { get; } = new UccReadOnlyPropertyCollection(properties);
}
