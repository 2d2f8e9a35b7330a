namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Days of the week as a sum of UCC_PRESENCE_WORKING_HOURS_DAYS, and their names in a calendar.</summary>
internal static class WorkingDays
{
    private static readonly string[] Names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static int Read(string names) => names.Split(' ').Select(n => Array.IndexOf(Names, n)).Where(i => i >= 0).Aggregate(0, (sum, i) => sum | (1 << i));

    public static string Write(int days) => string.Join(' ', Names.Where((_, i) => (days & (1 << i)) != 0));
}
