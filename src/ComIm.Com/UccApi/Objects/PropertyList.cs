using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>
/// Properties in the order in which they were added, counted from 1. Numbers and names are two key spaces that know
/// nothing of each other. The lists are short, so they are searched from the start.
/// </summary>
internal sealed class PropertyList(StringComparison names = StringComparison.Ordinal)
{
    /// <summary>More than this nobody means: an application that adds for ever is stopped here.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly List<UccProperty> _properties = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _properties.Count;
            }
        }
    }

    public UccProperty At(int index)
    {
        lock (_gate)
        {
            return index >= 1 && index <= _properties.Count
                ? _properties[index - 1]
                : throw new HResultException(HResults.BadIndex, $"There is no property number {index}; the first is 1, the last is {_properties.Count}.");
        }
    }

    public UccProperty[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _properties];
        }
    }

    public bool Contains(int id) => Find(p => p.Is(id)) != null;

    public bool Contains(string? name) => Find(p => p.Is(name ?? "", names)) != null;

    public UccProperty Get(int id) => Find(p => p.Is(id)) ?? throw NotThere(id);

    public UccProperty Get(string? name) => Find(p => p.Is(name ?? "", names)) ?? throw NotThere(name);

    /// <summary>
    /// Adds a property. What the original did with a key that is there already is not documented: here the value is
    /// replaced and the property stays, so that an application that sets a property twice goes on.
    /// </summary>
    public UccProperty Set(int id, object? value) => Set(p => p.Is(id), () => new UccProperty(id, value), value);

    /// <inheritdoc cref="Set(int, object?)"/>
    public UccProperty Set(string? name, object? value) => string.IsNullOrEmpty(name)
        ? throw new HResultException(HResults.InvalidArgument, "A named property needs a name.")
        : Set(p => p.Is(name, names), () => new UccProperty(name, value), value);

    /// <summary>Adds a property whose name may be there already, as a header's may.</summary>
    public void Append(string name, object? value)
    {
        lock (_gate)
        {
            _properties.Add(new UccProperty(name, value));
        }
    }

    public void Remove(int id) => Remove(p => p.Is(id), id);

    public void Remove(string? name) => Remove(p => p.Is(name ?? "", names), name);

    private UccProperty? Find(Predicate<UccProperty> isIt)
    {
        lock (_gate)
        {
            return _properties.Find(isIt);
        }
    }

    private UccProperty Set(Predicate<UccProperty> isIt, Func<UccProperty> make, object? value)
    {
        lock (_gate)
        {
            if (_properties.Find(isIt) is { } known)
            {
                known.Value = value;
                return known;
            }

            if (_properties.Count == Capacity)
            {
                throw new HResultException(HResults.InvalidArgument, $"There are {Capacity} properties already.");
            }

            var added = make();
            _properties.Add(added);
            return added;
        }
    }

    private void Remove(Predicate<UccProperty> isIt, object? key)
    {
        lock (_gate)
        {
            var index = _properties.FindIndex(isIt);
            if (index < 0)
            {
                throw NotThere(key);
            }

            _properties.RemoveAt(index);
        }
    }

    private static HResultException NotThere(object? key) =>
        new(UccHResults.UCC_E_NOT_EXIST, $"There is no property {(key is string ? $"'{key}'" : key)}.");
}
