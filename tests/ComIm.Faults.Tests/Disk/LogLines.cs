using Microsoft.Extensions.Logging;

namespace ComIm.Faults.Tests.Disk;

/// <summary>Keeps the lines of a log, and waits for one.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int CountOf(string part)
    {
        lock (_gate)
        {
            return _lines.Count(l => l.Contains(part, StringComparison.Ordinal));
        }
    }

    /// <summary>Waits for a line that has a part.</summary>
    public async Task UntilAsync(string part, TimeSpan patience)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_lines.Exists(l => l.Contains(part, StringComparison.Ordinal)))
                {
                    return;
                }

                more = _more.Task;
            }

            await more.WaitAsync(patience);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // There is one, and it is this.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            _lines.Add($"{logLevel}: {formatter(state, exception)}");
            _more.TrySetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
