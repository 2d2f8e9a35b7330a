using System.Management.Automation;

namespace ComIm.PowerShell.Loader;

/// <summary>
/// Makes the dependencies loadable. It stands in an assembly of its own, imported before the cmdlets: the engine looks
/// at every public type of an assembly before it calls the initializer in it, and the cmdlets' types already need them.
/// The engine makes and calls it; scripts have no use for it.
/// </summary>
public sealed class LoaderImport : IModuleAssemblyInitializer
{
    private static readonly Lock Gate = new();
    private static DependencyContext? _dependencies;

    /// <summary>
    /// Called with every import, also in further runspaces of the process. What was set up stays to the end: the engine
    /// cannot unload the cmdlets either, and they may still be running.
    /// </summary>
    public void OnImport()
    {
        lock (Gate)
        {
            _dependencies ??= DependencyContext.Install();
        }
    }
}
