namespace ComIm.Com.Registration;

/// <summary>
/// What stood where the original's keys go: it is copied aside before the first change and copied back at the end, so
/// that an installed original is as it was. Copies, a mark, changes, in that order: if this is cut short anywhere, doing
/// it again or undoing it finds everything.
/// </summary>
internal static class ReplacedKeys
{
    private const string State = RegistrationKeys.State;
    private const string Copies = State + @"\Replaced";
    private const string Mark = "UccApi";

    /// <summary>Whether the keys are ours now.</summary>
    public static bool AreTaken(IClassRegistry registry) => registry.GetValue(State, Mark) != null;

    /// <summary>Puts what stands there aside, once, and clears the place.</summary>
    public static void Take(IClassRegistry registry, IReadOnlyCollection<string> keys)
    {
        if (!AreTaken(registry))
        {
            registry.DeleteTree(Copies);
            foreach (var key in keys.Where(registry.Exists))
            {
                registry.CopyTree(key, $@"{Copies}\{key}");
            }

            registry.SetValue(State, Mark, "1");
        }

        foreach (var key in keys)
        {
            registry.DeleteTree(key);
        }
    }

    /// <summary>Removes what is ours and brings back what stood there; where nothing was taken only copies are forgotten.</summary>
    public static void GiveBack(IClassRegistry registry, IReadOnlyCollection<string> keys)
    {
        foreach (var key in AreTaken(registry) ? keys : [])
        {
            registry.DeleteTree(key);
            if (registry.Exists($@"{Copies}\{key}"))
            {
                registry.CopyTree($@"{Copies}\{key}", key);
            }
        }

        registry.DeleteTree(State);
    }
}
