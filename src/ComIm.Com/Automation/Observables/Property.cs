using System.Runtime.InteropServices;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Observables;

/// <summary>An observable value. What changes it calls <see cref="Change"/>; scripts may only where a setter was given.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImProperty))]
internal sealed class Property : DispatchObject, IComImProperty, IPropertyCall
{
    // x(v), which an interface in C# cannot say of a property: it stands beside the getter under the same DISPID.
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IComImProperty), typeof(IPropertyCall)]);

    private readonly Lock _gate = new();
    private readonly ListenerList _listeners = new();
    private readonly Func<object?, Task>? _setter;
    private readonly IFollowed? _followed;
    private object? _value;
    private string _reason = "";

    /// <param name="value">Its first value; null where it is not known.</param>
    /// <param name="setter">Sets it, and has it changed; null where scripts may not.</param>
    /// <param name="followed">Keeps it up to date; null where it is anyway.</param>
    public Property(object? value = null, Func<object?, Task>? setter = null, IFollowed? followed = null)
        : base(Table)
    {
        _value = value;
        _setter = setter;
        _followed = followed;
    }

    public object? Value
    {
        get => Volatile.Read(ref _value);
        set => Set(value).Wait();
    }

    public string Reason => Volatile.Read(ref _reason);

    public IComImListener Changed(object callback) => Listen(callback, null, isOnce: false);

    public IComImListener When(object? value, object callback) =>
        Listen(callback, arguments => ScriptValue.AreEqual(arguments[0], value), isOnce: false);

    public IComImListener Once(object? value, object callback) =>
        Listen(callback, arguments => ScriptValue.AreEqual(arguments[0], value), isOnce: true);

    public IComImPromise Get() => _followed is null
        ? Promise.Of(Value)
        : Promise.Run(async () =>
        {
            await _followed.FetchAsync().ConfigureAwait(false);
            return Value;
        });

    public IComImPromise Set(object? value) => _setter is null
        ? Promise.Rejected(new Error(HResults.AccessDenied, "ReadOnly", "This property cannot be set."))
        : Promise.Run(async () =>
        {
            await _setter(ScriptValue.Unwrap(value)).ConfigureAwait(false);
            return null;
        });

    object? IPropertyCall.Value(object? value) => value is System.Reflection.Missing ? Value : Set(value);

    public IComImListener Subscribe() => new Subscription(_followed?.Follow());

    /// <summary>Takes a new value and tells the listeners, unless it is the old one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="reason">Why, in a word.</param>
    /// <returns>Whether it is another than before.</returns>
    public bool Change(object? value, string reason = "")
    {
        // Under the lock, so that the changes come in their order; telling only enqueues.
        lock (_gate)
        {
            var old = _value;
            if (ScriptValue.AreEqual(old, value))
            {
                return false;
            }

            Volatile.Write(ref _value, value);
            Volatile.Write(ref _reason, reason);
            _listeners.Post(value, reason, old);
            return true;
        }
    }

    private Listener Listen(object callback, Func<object?[], bool>? filter, bool isOnce)
    {
        var following = _followed?.Follow();
        lock (_gate)
        {
            var listener = Add(callback, filter, isOnce, following);
            if (_value != null)
            {
                listener.Post(_value, _reason, null);
            }

            return listener;
        }
    }

    private Listener Add(object callback, Func<object?[], bool>? filter, bool isOnce, IDisposable? following)
    {
        try
        {
            return _listeners.Add(callback, filter, isOnce, following);
        }
        catch (HResultException)
        {
            // It cannot be called.
            following?.Dispose();
            throw;
        }
    }
}
