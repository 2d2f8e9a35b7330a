using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The parts of a category value that an application adds and removes.</summary>
/// <param name="name">What they are, for the error.</param>
internal sealed class UccList<T>(string name)
    where T : class
{
    /// <summary>More than this nobody means.</summary>
    public const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly List<T> _items = [];

    /// <summary>The parts of this moment.</summary>
    public T[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _items];
        }
    }

    /// <summary>The parts of this moment, for the application.</summary>
    public IUccCollection ToCollection() => new UccCollection(Snapshot());

    public void Add(T? item)
    {
        if (item == null)
        {
            throw new HResultException(HResults.InvalidArgument, $"There is no {name} to add.");
        }

        lock (_gate)
        {
            if (_items.Contains(item))
            {
                throw new HResultException(UccHResults.UCC_E_ALREADY_EXIST, $"That {name} has been added before.");
            }

            if (_items.Count == Capacity)
            {
                throw new HResultException(HResults.InvalidArgument, $"There are {Capacity} already.");
            }

            _items.Add(item);
        }
    }

    public void Remove(T? item)
    {
        lock (_gate)
        {
            if (item == null || !_items.Remove(item))
            {
                throw new HResultException(UccHResults.UCC_E_NOT_EXIST, $"That {name} is not there.");
            }
        }
    }

    public void Replace(IEnumerable<T> items)
    {
        lock (_gate)
        {
            _items.Clear();
            _items.AddRange(items.Take(Capacity));
        }
    }
}
