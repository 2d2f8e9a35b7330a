using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary>What happens at <c>Remove-Module</c>. The engine makes and calls it; scripts have no use for it.</summary>
public sealed class ModuleRemoval : IModuleAssemblyCleanup
{
    /// <summary>
    /// Signs out whoever is still signed in, stops the servers and ends the traces, in all runspaces of the process: they
    /// share them.
    /// </summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        ConnectionTable.CloseAll();
        ServerTable.CloseAll();
        TraceTable.Clear(connection: null);
    }
}
