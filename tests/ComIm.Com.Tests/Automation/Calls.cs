using System.Collections.Concurrent;

namespace ComIm.Com.Tests.Automation;

/// <summary>A callback that keeps what it was called with, as a test waits for it.</summary>
internal sealed class Calls
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly BlockingCollection<object?[]> _calls = [];

    public Calls() => Function = (a, b, c) => _calls.Add([a, b, c]);

    public Action<object?, object?, object?> Function { get; }

    public bool IsEmpty => _calls.Count == 0;

    /// <summary>The arguments of the next call.</summary>
    public object?[] Next() => _calls.TryTake(out var call, Patience) ? call : throw new TimeoutException("The callback was not called.");

    /// <summary>The first argument of the next call.</summary>
    public object? First() => Next()[0];

    /// <summary>Passes calls over until one begins with this.</summary>
    public void Until(object? first)
    {
        while (!Equals(First(), first))
        {
        }
    }
}
