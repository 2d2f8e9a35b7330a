using ComIm.Sip.Location;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Location;

public sealed class DnsCacheTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Set_BeyondCapacity_WhatEndsFirstGoes()
    {
        var cache = new DnsCache(_time, 3);
        cache.Set(Question("a"), Found(300));
        cache.Set(Question("b"), Found(100));
        cache.Set(Question("c"), Found(200));
        cache.Set(Question("d"), Found(50));
        Assert.Equal(3, cache.Count);
        Assert.Null(cache.Get(Question("b")));
        Assert.NotNull(cache.Get(Question("a")));
        Assert.NotNull(cache.Get(Question("c")));
        Assert.NotNull(cache.Get(Question("d")));
    }

    [Fact]
    public void Set_Full_WhatHasEndedGoesBeforeOthers()
    {
        var cache = new DnsCache(_time, 2);
        cache.Set(Question("a"), Found(10));
        cache.Set(Question("b"), Found(300));
        _time.Advance(TimeSpan.FromSeconds(10));
        cache.Set(Question("c"), Found(300));
        Assert.NotNull(cache.Get(Question("b")));
        Assert.NotNull(cache.Get(Question("c")));
    }

    [Fact]
    public void Set_FloodOfNames_StaysBounded()
    {
        var cache = new DnsCache(_time, 64);
        for (var i = 0; i < 5000; i++)
        {
            cache.Set(Question($"host{i}"), Found(i % 1000));
        }

        Assert.Equal(64, cache.Count);
    }

    [Fact]
    public void Set_TimeToLiveZero_IsNotRemembered()
    {
        var cache = new DnsCache(_time, 10);
        cache.Set(Question("a"), Found(0));
        Assert.Null(cache.Get(Question("a")));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Set_TimeToLiveOfYears_EndsAtTheLimit()
    {
        var cache = new DnsCache(_time, 10);
        cache.Set(Question("a"), Found(int.MaxValue));
        cache.Set(Question("b"), new DnsAnswer(DnsAnswerKind.NoSuchName, [], TimeSpan.FromSeconds(int.MaxValue)));
        _time.Advance(DnsCache.MaxNegativeTimeToLive);
        Assert.NotNull(cache.Get(Question("a")));
        Assert.Null(cache.Get(Question("b")));
        _time.Advance(DnsCache.MaxTimeToLive - DnsCache.MaxNegativeTimeToLive);
        Assert.Null(cache.Get(Question("a")));
    }

    private static DnsQuestion Question(string name) => new(name, DnsRecordType.A);

    private static DnsAnswer Found(int seconds) => new(DnsAnswerKind.Found, [], TimeSpan.FromSeconds(seconds));
}
