using ComIm.Com.Registration;

namespace ComIm.Com.Tests.Registration;

public sealed class DotNetLocatorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-dotnet");

    [Fact]
    public void A_matching_runtime_is_found_in_the_order_of_the_hosts_search()
    {
        var programs = Make("programs/dotnet", "10.0.14");
        var installed = Make("installed", "10.0.100-preview.1");
        var locator = new DotNetLocator(Environment(("ProgramFiles", Path.GetDirectoryName(programs)!)), () => installed);
        Assert.Equal(installed, locator.Find(out _));
        Assert.Equal(programs, new DotNetLocator(Environment(("ProgramFiles", Path.GetDirectoryName(programs)!)), () => null).Find(out _));
    }

    [Fact]
    public void Another_major_version_does_not_do()
    {
        var old = Make("old", "9.0.1");
        var locator = new DotNetLocator(Environment(("DOTNET_ROOT", old)), () => null);
        Assert.Null(locator.Find(out var searched));
        Assert.Equal([old], searched);
    }

    [Fact]
    public void A_host_without_a_runtime_does_not_do()
    {
        var half = Make("half", "10.0.1");
        Directory.Delete(Path.Combine(half, "shared"), recursive: true);
        Assert.Null(new DotNetLocator(Environment(("DOTNET_ROOT_X64", half)), () => null).Find(out _));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Func<string, string?> Environment(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(v => v.Name == name).Value;

    private string Make(string name, string version)
    {
        var root = Path.Combine(_folder.FullName, name);
        Touch(Path.Combine(root, "host", "fxr", version, "hostfxr.dll"));
        Touch(Path.Combine(root, "shared", "Microsoft.NETCore.App", version, "System.Private.CoreLib.dll"));
        return root;
    }

    private static void Touch(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, []);
    }
}
