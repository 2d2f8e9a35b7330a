using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary>What happens at <c>Remove-Module</c>. The engine makes and calls it; scripts have no use for it.</summary>
public sealed class ModuleRemoval : IModuleAssemblyCleanup
{
    /// <summary>Signs out whoever is still signed in, in all runspaces of the process: they share their connections.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => ConnectionTable.CloseAll();
}
