namespace ComIm.Sip.Transport.Memory;

/// <summary>
/// Runs tasks on the thread that starts them. With a <see cref="MemoryNetwork"/> and a clock that the test moves, a
/// request is then handled and answered before the clock goes on (<see cref="SipStackOptions.HandlerScheduler"/>).
/// </summary>
public sealed class InlineTaskScheduler : TaskScheduler
{
    /// <summary>The one there need be.</summary>
    public static InlineTaskScheduler Instance { get; } = new();

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => TryExecuteTask(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
}
