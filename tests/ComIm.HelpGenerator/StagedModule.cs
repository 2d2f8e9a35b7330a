using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace ComIm.HelpGenerator;

/// <summary>module/ComIm as the build staged it, loaded the way the engine loads it, only without the engine.</summary>
internal static class StagedModule
{
    private static readonly Lazy<Assembly> LoadedCmdlets = new(LoadCmdlets);

    public static string Folder { get; } = Metadata("Module");

    public static string BuildVersion { get; } = Metadata("Version");

    public static Assembly Cmdlets => LoadedCmdlets.Value;

    /// <summary>The cmdlets under the names that users type.</summary>
    public static IReadOnlyDictionary<string, CmdletInfo> CmdletInfos => Cmdlets.GetExportedTypes()
        .Where(CmdletInfo.IsCmdlet)
        .Select(type => new CmdletInfo(type))
        .ToDictionary(cmdlet => cmdlet.Name);

    /// <summary>What cmdlets declare to emit.</summary>
    public static IEnumerable<Type> Emitted => CmdletInfos.Values.SelectMany(cmdlet => cmdlet.Emitted).Distinct();

    /// <summary>As the engine imports nested modules: in order, each first looked at and then initialized.</summary>
    private static Assembly LoadCmdlets()
    {
        var engine = new AssemblyLoadContext("engine");
        Assembly? last = null;
        foreach (var file in Manifest.List("NestedModules"))
        {
            last = engine.LoadFromAssemblyPath(Path.Combine(Folder, file.Replace('/', Path.DirectorySeparatorChar)));
            foreach (var initializer in last.GetExportedTypes().Where(typeof(IModuleAssemblyInitializer).IsAssignableFrom))
            {
                ((IModuleAssemblyInitializer)Activator.CreateInstance(initializer)!).OnImport();
            }
        }

        return last!;
    }

    private static string Metadata(string key) => typeof(StagedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
