using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
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
    private bool _isOurs;

    public IUccUri? Uri
    {
        get => _uri;
        set => Set(ref _uri, value);
    }

    /// <summary>Our own domain is the company; of others nothing is known.</summary>
    public UCC_SOURCE_NETWORK_TYPE SourceType => _isOurs ? UCC_SOURCE_NETWORK_TYPE.UCCSNT_COMPANY : UCC_SOURCE_NETWORK_TYPE.UCCSNT_UNSPECIFIED;

    /// <summary>Whether the user knows of them.</summary>
    public bool Acknowledged
    {
        get => _isAcknowledged;
        set => Set(ref _isAcknowledged, value);
    }

    /// <summary>The address, for the rules of who may watch.</summary>
    /// <exception cref="HResultException">UCC_E_INVALID_SIP_URL: there is none.</exception>
    internal string Address => _uri?.Value ?? throw new HResultException(UccHResults.UCC_E_INVALID_SIP_URL, "The subscriber has no Uri.");

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        _uri = value.TextOf("uri") is { Length: > 0 } uri ? UccUri.Parse(uri) : null;
        _isAcknowledged = value.AttributeOf("acknowledged") == "true";
        _isOurs = value.AttributeOf("type") == "sameEnterprise";
    }

    /// <inheritdoc/>
    internal override XElement Write() => new(
        "subscriber",
        _isAcknowledged ? new XAttribute("acknowledged", "true") : null,
        _isOurs ? new XAttribute("type", "sameEnterprise") : null,
        CategoryXml.Element("uri", _uri?.Value ?? ""));
}
