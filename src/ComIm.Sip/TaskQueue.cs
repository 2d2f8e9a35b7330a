namespace ComIm.Sip;

/// <summary>Runs asynchronous steps one after another, in the order in which they were given.</summary>
internal sealed class TaskQueue
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Runs a step when those before it are done, however they ended.</summary>
    public Task Run(Func<Task> step)
    {
        lock (_gate)
        {
            return _last = RunAfterAsync(_last, step);
        }
    }

    private static async Task RunAfterAsync(Task previous, Func<Task> step)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await step().ConfigureAwait(false);
    }
}
