using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ComIm.Cli.Terminal;

/// <summary>Writes a log as lines of text: time, level, message.</summary>
/// <param name="writer">Where they go; lines of several threads are not mixed.</param>
/// <param name="time">The clock.</param>
internal sealed class LineLoggerFactory(TextWriter writer, TimeProvider time) : ILoggerFactory, ILogger
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // There is one, and it is this.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {logLevel}: {formatter(state, exception)}{cause}");
        lock (_gate)
        {
            // What strangers sent may be quoted in it.
            writer.WriteLine(SafeText.OneLine(line));
        }
    }

    public void Dispose()
    {
        // The writer is not ours.
    }
}
