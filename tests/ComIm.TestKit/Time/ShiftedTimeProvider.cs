namespace ComIm.TestKit;

/// <summary>A computer whose clock shows another time, and goes as fast as any: as if the time between had passed.</summary>
/// <param name="shift">How much later it is there.</param>
public sealed class ShiftedTimeProvider(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}
