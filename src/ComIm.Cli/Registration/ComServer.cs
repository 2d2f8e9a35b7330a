namespace ComIm.Cli.Registration;

/// <summary>The way to ComIm.Com's registration; nothing else of the command line knows of COM.</summary>
internal static class ComServer
{
    /// <summary>Enters the COM classes and type libraries into the registry.</summary>
    /// <param name="wholeMachine">True for every user, which needs an administrator; false for the current one.</param>
    public static void Register(bool wholeMachine) => throw NotBuiltIn(wholeMachine);

    /// <summary>Removes what <see cref="Register"/> entered.</summary>
    /// <param name="wholeMachine">As it was registered.</param>
    public static void Unregister(bool wholeMachine) => throw NotBuiltIn(wholeMachine);

    private static CliException NotBuiltIn(bool wholeMachine) =>
        new($"COM registration ({(wholeMachine ? "machine" : "user")}) is not built into this comim.");
}
