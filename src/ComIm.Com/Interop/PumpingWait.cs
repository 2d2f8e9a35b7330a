using System.Diagnostics;

namespace ComIm.Com.Interop;

/// <summary>
/// Waits for a task. In a single-threaded apartment window messages are dispatched meanwhile, so that the host stays
/// alive and its sinks are called; elsewhere it simply blocks.
/// </summary>
internal static unsafe class PumpingWait
{
    private const int AllInput = 0x04FF;
    private const int InputAvailable = 0x0004;
    private const int Remove = 0x0001;

    /// <summary>Waits as long as it takes and gives the result.</summary>
    /// <exception cref="HResultException">E_ABORT: the host is shutting down (WM_QUIT).</exception>
    public static T Result<T>(Task<T> task)
    {
        Until(task, Timeout.InfiniteTimeSpan);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Waits as long as it takes.</summary>
    /// <exception cref="HResultException">E_ABORT: the host is shutting down (WM_QUIT).</exception>
    public static void Completion(Task task)
    {
        Until(task, Timeout.InfiniteTimeSpan);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Waits until the task has ended, however it ended, or the time is up.</summary>
    /// <param name="task">What to wait for.</param>
    /// <param name="limit">How long; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <returns>Whether the task has ended.</returns>
    public static bool Until(Task task, TimeSpan limit)
    {
        if (Apartment.IsSta)
        {
            return Pump(task, limit);
        }

        return task.IsCompleted || ((IAsyncResult)task).AsyncWaitHandle.WaitOne(limit);
    }

    /// <summary>Lets in what is waiting for the thread now, events above all; does nothing outside an STA.</summary>
    public static void LetEventsIn()
    {
        if (Apartment.IsSta)
        {
            DispatchMessages();
        }
    }

    private static bool Pump(Task task, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        var done = ((IAsyncResult)task).AsyncWaitHandle.SafeWaitHandle;
        var handle = done.DangerousGetHandle();
        while (!task.IsCompleted)
        {
            var left = uint.MaxValue;
            if (limit != Timeout.InfiniteTimeSpan)
            {
                var remaining = limit - Stopwatch.GetElapsedTime(started);
                left = remaining <= TimeSpan.Zero ? 0 : (uint)Math.Ceiling(remaining.TotalMilliseconds);
            }

            var woken = NativeMethods.MsgWaitForMultipleObjectsEx(1, &handle, left, AllInput, InputAvailable);
            if (woken == NativeMethods.WaitFailed)
            {
                throw new HResultException(HResults.Unexpected, "Windows refused to wait.");
            }

            DispatchMessages();
            if (woken == NativeMethods.WaitTimedOut)
            {
                return task.IsCompleted;
            }
        }

        // Events that are already waiting are delivered even where the task had ended before the call.
        DispatchMessages();
        GC.KeepAlive(done);
        return true;
    }

    private static void DispatchMessages()
    {
        NativeMethods.WindowMessage message;
        while (NativeMethods.PeekMessageW(&message, 0, 0, 0, Remove))
        {
            if (message.Message == NativeMethods.QuitMessage)
            {
                // It belongs to the host's own loop.
                NativeMethods.PostQuitMessage((int)message.WParam);
                throw new HResultException(HResults.Abort, "The program is closing, so the operation was given up.");
            }

            NativeMethods.TranslateMessage(&message);
            NativeMethods.DispatchMessageW(&message);
        }
    }
}
