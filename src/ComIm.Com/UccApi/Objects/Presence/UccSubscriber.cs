using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The category <c>subscribers</c>: somebody who watches the user.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSubscriber(CategoryPlace place) : UccCategoryInstance(Class, place), IUccSubscriber
{
    private static readonly UccCoclass Class = new(
        "UccSubscriber", Guid.Empty, IsCreatable: false, typeof(IUccSubscriber),
        [typeof(IUccSubscriber), typeof(IUccCategoryInstance)], [typeof(_IUccCategoryInstanceEvents)], typeof(_IUccCategoryInstanceEvents));

    private IUccUri? _uri;
    private bool _isAcknowledged;

    public IUccUri? Uri
    {
        get => _uri;
        set => Set(ref _uri, value);
    }

    public UCC_SOURCE_NETWORK_TYPE SourceType => UCC_SOURCE_NETWORK_TYPE.UCCSNT_UNSPECIFIED;

    /// <summary>Whether the user knows of them.</summary>
    public bool Acknowledged
    {
        get => _isAcknowledged;
        set => Set(ref _isAcknowledged, value);
    }

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        _uri = value.TextOf("uri") is { Length: > 0 } uri ? UccUri.Parse(uri) : null;
        _isAcknowledged = value.AttributeOf("acknowledged") == "true";
    }

    /// <inheritdoc/>
    internal override XElement Write() => new(
        "subscriber", _isAcknowledged ? new XAttribute("acknowledged", "true") : null, CategoryXml.Element("uri", _uri?.Value ?? ""));
}
