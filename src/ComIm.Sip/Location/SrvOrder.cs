namespace ComIm.Sip.Location;

/// <summary>The order in which the servers of a service are tried (RFC 2782, "Usage rules" and "Weight").</summary>
internal static class SrvOrder
{
    /// <summary>Sorts by priority, and draws by weight among those of one priority.</summary>
    /// <param name="servers">The records.</param>
    /// <param name="random">A number from 0 up to, but without, its argument.</param>
    public static IReadOnlyList<SrvData> Sort(IEnumerable<SrvData> servers, Func<int, int> random)
    {
        var sorted = new List<SrvData>();
        foreach (var priority in servers.GroupBy(s => s.Priority).OrderBy(g => g.Key))
        {
            // Those of weight 0 stand first, so that they are drawn only with the number 0.
            var left = priority.OrderBy(s => s.Weight > 0).ToList();
            while (left.Count > 0)
            {
                var drawn = Draw(left, random(left.Sum(s => s.Weight) + 1));
                sorted.Add(left[drawn]);
                left.RemoveAt(drawn);
            }
        }

        return sorted;
    }

    private static int Draw(List<SrvData> servers, int number)
    {
        var index = 0;
        for (var sum = servers[0].Weight; sum < number; sum += servers[index].Weight)
        {
            index++;
        }

        return index;
    }
}
