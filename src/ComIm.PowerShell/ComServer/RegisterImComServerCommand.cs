using System.Management.Automation;
using ComIm.Com.Registration;

namespace ComIm.PowerShell;

/// <summary><c>Register-ImComServer</c>: enters the COM classes of the module into the Windows registry.</summary>
[Cmdlet(VerbsLifecycle.Register, "ImComServer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RegisterImComServerCommand : PSCmdlet
{
    /// <summary>Whether for every user.</summary>
    [Parameter(HelpMessage = "For every user of the machine, which needs an administrator; without it for you alone.")]
    public SwitchParameter Machine { get; set; }

    /// <summary>Whether the original's classes too.</summary>
    [Parameter(
        HelpMessage = "The original classes of the UCC API as well, so that its applications run on ComIm; what stood there comes back when it is unregistered.")]
    public SwitchParameter UccApi { get; set; }

    /// <summary>Whether a process of Windows' own serves as well.</summary>
    [Parameter(HelpMessage = "Serves programs of the other bitness, too, by a process of Windows' own.")]
    public SwitchParameter Surrogate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess(ComScope.NameOf(Machine), "Register the COM classes of ComIm"))
        {
            ComScope.Change(this, Machine, scope => ComRegistration.Register(new RegistrationOptions
            {
                Scope = scope,
                UccApi = UccApi,
                Process = Surrogate ? ServerProcess.Surrogate : ServerProcess.InProcess,
            }));
        }
    }
}
