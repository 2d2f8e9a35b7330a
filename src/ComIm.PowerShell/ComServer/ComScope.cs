using System.Management.Automation;
using ComIm.Com.Registration;

namespace ComIm.PowerShell;

/// <summary>
/// For whom COM classes are registered, and what becomes of a failure. Kept out of the cmdlets, so that ComIm.Com is loaded
/// only when it is used.
/// </summary>
internal static class ComScope
{
    /// <summary>Whom a question is about.</summary>
    /// <param name="isMachine">Every user.</param>
    public static string NameOf(bool isMachine) => isMachine ? "every user of this machine" : "the current user";

    /// <summary>Changes the registry; where that cannot be done, the cmdlet ends with an error that says what to do.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="isMachine">Every user.</param>
    /// <param name="change">The change.</param>
    public static void Change(PSCmdlet cmdlet, bool isMachine, Action<RegistrationScope> change)
    {
        var scope = isMachine ? RegistrationScope.Machine : RegistrationScope.User;
        try
        {
            change(scope);
        }
        catch (RegistrationException e)
        {
            cmdlet.ThrowTerminatingError(new ErrorRecord(e, "ImComRegistration", ErrorCategory.InvalidOperation, NameOf(isMachine)));
        }
    }
}
