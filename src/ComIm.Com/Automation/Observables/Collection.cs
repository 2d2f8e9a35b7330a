using System.Runtime.InteropServices;
using ComIm.Com.Automation.Callbacks;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Observables;

/// <summary>
/// An observable list. What changes it calls <see cref="Insert"/> and <see cref="Delete"/>; scripts may only where the
/// operations were given. Where it has a capacity, the oldest items go without a word when newer ones come.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImCollection))]
internal sealed class Collection : DispatchObject, IComImCollection
{
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IComImCollection)]);

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly ListenerList _added = new();
    private readonly ListenerList _removed = new();
    private readonly ListenerList _changed = new();

    public Collection()
        : base(Table)
    {
    }

    private readonly record struct Entry(string Name, object Item);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    public object _NewEnum => new VariantEnumerator(Snapshot());

    /// <summary>How many items are kept.</summary>
    internal int Capacity { get; init; } = int.MaxValue;

    /// <summary>Adds what a script names; null where scripts may not. The operation inserts the item itself.</summary>
    internal Func<object, Task<object?>>? OnAdd { get; init; }

    /// <summary>Removes an item for a script; null where scripts may not. The operation deletes the item itself.</summary>
    internal Func<object, Task>? OnRemove { get; init; }

    public object? get_Item(object? index = null)
    {
        index = ScriptValue.Unwrap(index);
        if (index is null)
        {
            return Snapshot();
        }

        return Find(index) ?? throw new HResultException(HResults.BadIndex, $"There is no item {index}; the first is 0, and there are {Count}.");
    }

    public IComImListener Added(object callback)
    {
        lock (_gate)
        {
            var listener = _added.Add(callback);
            foreach (var entry in _entries)
            {
                listener.Post(entry.Item);
            }

            return listener;
        }
    }

    public IComImListener Removed(object callback) => _removed.Add(callback);

    public IComImListener Changed(object callback) => _changed.Add(callback);

    public IComImPromise Add(object item) => OnAdd is { } add && ScriptValue.Unwrap(item) is { } value
        ? Promise.Run(() => add(value))
        : Promise.Rejected(Refusal("added to"));

    public IComImPromise Remove(object item)
    {
        if (OnRemove is not { } remove)
        {
            return Promise.Rejected(Refusal("removed from"));
        }

        var found = item is DispatchObject ? item : Find(ScriptValue.Unwrap(item) ?? "");
        return found is null
            ? Promise.Rejected(new Error(HResults.BadIndex, "NotFound", "There is no such item."))
            : Promise.Run(() => remove(found));
    }

    public IComImPromise Get() => Promise.Of(Snapshot());

    public IComImListener Subscribe() => new Subscription(null);

    public void ForEach(object callback)
    {
        var function = Callback.Take(callback);
        try
        {
            var index = 0;
            foreach (var item in Snapshot())
            {
                var result = function.Invoke([item, index++]);
                if (result.HResult < 0)
                {
                    throw Error.Of(result).ToException();
                }
            }
        }
        finally
        {
            function.Release();
        }
    }

    /// <summary>The items that are there now.</summary>
    public object[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _entries.Select(entry => entry.Item)];
        }
    }

    /// <summary>The item of a name, or null.</summary>
    public object? FindByName(string name)
    {
        lock (_gate)
        {
            return _entries.Find(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase)).Item;
        }
    }

    /// <summary>Adds an item and tells the listeners.</summary>
    public void Insert(string name, object item)
    {
        // Under the lock, so that the changes come in their order; telling only enqueues.
        lock (_gate)
        {
            _entries.Add(new Entry(name, item));
            if (_entries.Count > Capacity)
            {
                _entries.RemoveAt(0);
            }

            _added.Post(item);
            _changed.Post(_entries.Count);
        }
    }

    /// <summary>Adds items that are older than all others.</summary>
    public void InsertBefore(IReadOnlyList<(string Name, object Item)> items)
    {
        lock (_gate)
        {
            _entries.InsertRange(0, items.Select(item => new Entry(item.Name, item.Item)));
            foreach (var (_, item) in items)
            {
                _added.Post(item);
            }

            if (items.Count > 0)
            {
                _changed.Post(_entries.Count);
            }
        }
    }

    /// <summary>Removes an item, where it is there, and tells the listeners.</summary>
    public void Delete(object item)
    {
        lock (_gate)
        {
            if (_entries.RemoveAll(entry => entry.Item == item) > 0)
            {
                _removed.Post(item);
                _changed.Post(_entries.Count);
            }
        }
    }

    private static Error Refusal(string what) =>
        new(HResults.AccessDenied, "ReadOnly", $"Nothing can be {what} this collection by a script.");

    private object? Find(object index)
    {
        if (index is string name)
        {
            return FindByName(name);
        }

        lock (_gate)
        {
            return ArgumentConverter.TryConvert(index, typeof(int), out var number) && (int)number! >= 0 && (int)number < _entries.Count
                ? _entries[(int)number].Item
                : null;
        }
    }
}
