using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace ComIm.PowerShell.Tests;

/// <summary>One target of dotnet makes what Install-PSResource takes.</summary>
public sealed class PackageTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Pack_MakesThePackageOfTheModule()
    {
        var folder = Directory.CreateTempSubdirectory("comim-pack-");
        try
        {
            await PackAsync(folder.FullName);
            using var package = ZipFile.OpenRead(Path.Combine(folder.FullName, $"ComIm.{StagedModule.BuildVersion}.nupkg"));
            var files = package.Entries.Select(entry => entry.FullName).ToList();
            var module = Directory.EnumerateFiles(StagedModule.Folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(StagedModule.Folder, file).Replace('\\', '/'));

            Assert.Empty(module.Except(files));
            Assert.Contains("LICENSE", files);
            Assert.DoesNotContain(files, file => file.StartsWith("lib/", StringComparison.Ordinal));
            await using var nuspec = await package.GetEntry("ComIm.nuspec")!.OpenAsync();
            var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
            Assert.Equal("ComIm", Value(metadata, "id"));
            Assert.Equal(StagedModule.BuildVersion, Value(metadata, "version"));
            Assert.Contains("PSModule", Value(metadata, "tags").Split(' '));
            Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static async Task PackAsync(string output)
    {
        var project = Path.GetFullPath(Path.Combine(StagedModule.Folder, "..", "..", "src", "ComIm.PowerShell"));
        var start = new ProcessStartInfo(
            "dotnet", ["pack", project, "--no-build", "--configuration", Configuration, "--output", output, "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var guard = new CancellationTokenSource(HangGuard);
        var said = await process.StandardOutput.ReadToEndAsync(guard.Token);
        await process.WaitForExitAsync(guard.Token);
        Assert.True(process.ExitCode == 0, said);
    }
}
