namespace ComIm.Client.Typing;

/// <summary>A timer that fires once and says which it is, so that one that was replaced meanwhile can be told apart.</summary>
internal static class OneShot
{
    public static ITimer Start(TimeProvider time, TimeSpan delay, Action<ITimer> onDue)
    {
        var self = new ITimer?[1];
        self[0] = time.CreateTimer(_ => onDue(self[0]!), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        self[0]!.Change(delay, Timeout.InfiniteTimeSpan);
        return self[0]!;
    }
}
