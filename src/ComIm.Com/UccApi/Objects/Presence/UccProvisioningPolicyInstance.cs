using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The categories <c>meetingPolicy</c>, <c>ucPolicy</c> and <c>userProperties</c>: what the user may do.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccProvisioningPolicyInstance(CategoryPlace place)
    : UccCategoryInstance(UccCoclasses.UccProvisioningPolicyInstance, place), IUccProvisioningPolicyInstance
{
    private PropertyList _properties = new(StringComparison.OrdinalIgnoreCase);

    /// <summary>The policies, each a text under its name.</summary>
    public IUccReadOnlyPropertyCollection Properties => new UccReadOnlyPropertyCollection(_properties);

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        base.Read(value);
        var properties = new PropertyList(StringComparison.OrdinalIgnoreCase);
        foreach (var property in value.Descendants().Where(e => e.Name.LocalName == "property" && e.AttributeOf("name").Length > 0))
        {
            properties.Set(property.AttributeOf("name"), property.Value);
        }

        _properties = properties;
    }
}
