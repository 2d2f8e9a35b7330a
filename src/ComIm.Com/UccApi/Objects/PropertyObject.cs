using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A collection of properties that its owner fills: a context, or a collection in the narrow sense.</summary>
public abstract class PropertyObject : ReadOnlyPropertyObject, IUccPropertyCollection
{
    private protected PropertyObject(DispatchTable dispatch)
        : base(dispatch, new PropertyList())
    {
    }

    /// <summary>Adds a property; one that is there already gets the new value.</summary>
    /// <param name="lPropertyId">Its number.</param>
    /// <param name="vValue">A string, a 32-bit number, a boolean or an object.</param>
    public IUccProperty AddProperty(int lPropertyId, object vValue) => Properties.Set(lPropertyId, vValue);

    /// <summary>Removes a property; UCC_E_NOT_EXIST where there is none.</summary>
    /// <param name="lPropertyId">Its number.</param>
    public void RemoveProperty(int lPropertyId) => Properties.Remove(lPropertyId);

    /// <summary>Adds a property that is known by a name; one that is there already gets the new value.</summary>
    /// <param name="bstrPropertyName">Its name; letters of either case differ.</param>
    /// <param name="vValue">A string, a 32-bit number, a boolean or an object.</param>
    public IUccProperty AddNamedProperty(string bstrPropertyName, object vValue) => Properties.Set(bstrPropertyName, vValue);

    /// <summary>Removes a property; UCC_E_NOT_EXIST where there is none.</summary>
    /// <param name="bstrPropertyId">Its name.</param>
    public void RemoveNamedProperty(string bstrPropertyId) => Properties.Remove(bstrPropertyId);
}
