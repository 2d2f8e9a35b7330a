using System.Reflection;
using System.Runtime.Loader;

namespace ComIm.PowerShell.Tests;

public sealed class IsolationTests
{
    [Fact]
    public void Dependencies_AreLoadedIntoTheirOwnContext()
    {
        var message = StagedModule.Emitted.Single(type => type.Name == "ChatMessage");
        var context = AssemblyLoadContext.GetLoadContext(message.Assembly)!;
        Assert.Equal("ComIm", context.Name);
        Assert.NotSame(AssemblyLoadContext.GetLoadContext(StagedModule.Cmdlets), context);
        Assert.Equal(Path.Combine(StagedModule.Folder, "bin", "dependencies"), Path.GetDirectoryName(message.Assembly.Location));
    }

    [Fact]
    public void Dependencies_ResolveEachOtherThere()
    {
        var message = StagedModule.Emitted.Single(type => type.Name == "ChatMessage");
        var options = message.Assembly.GetType("ComIm.Client.ImClientOptions", throwOnError: true)!;
        var factory = options.GetProperty("LoggerFactory")!.PropertyType.Assembly;
        Assert.Same(AssemblyLoadContext.GetLoadContext(message.Assembly), AssemblyLoadContext.GetLoadContext(factory));
    }

    [Fact]
    public void CommonPackages_AreNotAnsweredForOthers()
    {
        var engine = AssemblyLoadContext.GetLoadContext(StagedModule.Cmdlets)!;
        Assert.Throws<FileNotFoundException>(() => engine.LoadFromAssemblyName(new AssemblyName("Microsoft.Extensions.Logging.Abstractions")));
    }

    [Fact]
    public void Module_DoesNotShipTheEngine() =>
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(StagedModule.Folder, "bin"), "System.Management.Automation*", SearchOption.AllDirectories));
}
