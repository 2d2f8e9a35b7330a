using ComIm.Com.Registration;

namespace ComIm.Cli.Registration;

/// <summary>The way to ComIm.Com's registration; nothing else of the command line knows of COM.</summary>
internal static class ComServer
{
    /// <summary>Enters the COM classes and the type libraries into the registry.</summary>
    /// <param name="options">Which, and for whom.</param>
    public static void Register(RegistrationOptions options) => Explained(() => ComRegistration.Register(options));

    /// <summary>Removes what <see cref="Register"/> entered.</summary>
    /// <param name="scope">As it was registered.</param>
    public static void Unregister(RegistrationScope scope) => Explained(() => ComRegistration.Unregister(scope));

    private static void Explained(Action action)
    {
        try
        {
            action();
        }
        catch (RegistrationException e)
        {
            throw new CliException(e.Message, inner: e);
        }
    }
}
