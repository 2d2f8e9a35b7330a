using ComIm.Client.Presence;

namespace ComIm.Client.Tests.Presence;

/// <summary>Waits for what a presentity shows.</summary>
internal static class PresenceView
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    public static async Task UntilAsync(this Presentity presentity, Func<Presentity, bool> condition)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventHandler<PresentityChangedEventArgs> handler = (_, _) => Check();
        presentity.Changed += handler;
        Check();
        try
        {
            await reached.Task.WaitAsync(Guard);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{presentity.Address} is {presentity.Status}, {presentity.SubscriptionState}, {presentity.Failure?.Message}");
        }
        finally
        {
            presentity.Changed -= handler;
        }

        void Check()
        {
            if (condition(presentity))
            {
                reached.TrySetResult();
            }
        }
    }

    public static Task UntilAsync(this Presentity presentity, PresenceAvailability availability) =>
        presentity.UntilAsync(p => p.Availability == availability);
}
