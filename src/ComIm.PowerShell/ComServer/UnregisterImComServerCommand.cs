using System.Management.Automation;
using ComIm.Com.Registration;

namespace ComIm.PowerShell;

/// <summary><c>Unregister-ImComServer</c>: takes back what <c>Register-ImComServer</c> entered.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "ImComServer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class UnregisterImComServerCommand : PSCmdlet
{
    /// <summary>Whether it was registered for every user.</summary>
    [Parameter(HelpMessage = "What was registered for every user, which needs an administrator; without it what was for you alone.")]
    public SwitchParameter Machine { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess(ComScope.NameOf(Machine), "Remove the COM classes of ComIm"))
        {
            ComScope.Change(this, Machine, ComRegistration.Unregister);
        }
    }
}
