using System.Collections;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>What every collection of properties answers, whether it can be changed or not.</summary>
public abstract class ReadOnlyPropertyObject : DispatchObject, IUccReadOnlyPropertyCollection
{
    private protected ReadOnlyPropertyObject(DispatchTable dispatch, PropertyList properties)
        : base(dispatch) => Properties = properties;

    /// <summary>How many properties there are.</summary>
    public int Count => Properties.Count;

    /// <summary>An enumerator for <c>For Each</c>.</summary>
    public object _NewEnum => new VariantEnumerator(Properties.Snapshot());

    private protected PropertyList Properties { get; }

    /// <summary>A property by its place.</summary>
    /// <param name="Index">Counted from 1.</param>
    public object this[int Index] => Properties.At(Index);

    /// <summary>A property by its number.</summary>
    /// <param name="lPropertyId">The number.</param>
    public IUccProperty get_Property(int lPropertyId) => Properties.Get(lPropertyId);

    /// <summary>Whether there is a property with a number.</summary>
    /// <param name="lPropertyId">The number.</param>
    public bool IsPropertySet(int lPropertyId) => Properties.Contains(lPropertyId);

    /// <summary>A property by its name.</summary>
    /// <param name="bstrPropertyId">The name.</param>
    public IUccProperty get_NamedProperty(string bstrPropertyId) => Properties.Get(bstrPropertyId);

    /// <summary>Whether there is a property with a name.</summary>
    /// <param name="bstrPropertyName">The name.</param>
    public bool IsNamedPropertySet(string bstrPropertyName) => Properties.Contains(bstrPropertyName);

    /// <summary>The properties of this moment.</summary>
    public IEnumerator GetEnumerator() => Properties.Snapshot().GetEnumerator();
}
