using Microsoft.Extensions.Logging;

namespace ComIm.Server.Limits;

/// <summary>One line in the log now and then, by which an operator sees that the server is well.</summary>
internal sealed class HealthReport : IDisposable
{
    private readonly Func<string> _figures;
    private readonly ILogger _log;
    private readonly ITimer? _timer;

    /// <summary>Begins to report.</summary>
    /// <param name="interval">How often; zero for never.</param>
    /// <param name="time">The clock.</param>
    /// <param name="figures">The line.</param>
    /// <param name="log">Where it goes.</param>
    public HealthReport(TimeSpan interval, TimeProvider time, Func<string> figures, ILogger log)
    {
        _figures = figures;
        _log = log;
        _timer = interval > TimeSpan.Zero ? time.CreateTimer(static r => ((HealthReport)r!).Write(), this, interval, interval) : null;
    }

    public void Dispose() => _timer?.Dispose();

    private void Write() => _log.LogInformation("Health: {Figures}", _figures());
}
