using ComIm.Com.Registration;

namespace ComIm.Cli.Registration;

/// <summary>The way to ComIm.Com's registration; nothing else of the command line knows of COM.</summary>
internal static class ComServer
{
    /// <summary>Enters the COM classes and the type library into the registry.</summary>
    /// <param name="wholeMachine">True for every user, which needs an administrator; false for the current one.</param>
    public static void Register(bool wholeMachine) => Explained(ComRegistration.Register, wholeMachine);

    /// <summary>Removes what <see cref="Register"/> entered.</summary>
    /// <param name="wholeMachine">As it was registered.</param>
    public static void Unregister(bool wholeMachine) => Explained(ComRegistration.Unregister, wholeMachine);

    private static void Explained(Action<RegistrationScope> action, bool wholeMachine)
    {
        try
        {
            action(wholeMachine ? RegistrationScope.Machine : RegistrationScope.User);
        }
        catch (RegistrationException e)
        {
            throw new CliException(e.Message, inner: e);
        }
    }
}
