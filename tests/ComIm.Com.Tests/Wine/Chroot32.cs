using System.Diagnostics;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// A chroot with a Wine of both bitnesses (tests/setup/wine32.sh), and in it a folder of this run with ComIm, a Windows .NET
/// and a prefix. Its mounts are in a namespace of their own.
/// </summary>
internal sealed class Chroot32 : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly string _root;
    private readonly string _name = "comim-" + Guid.NewGuid().ToString("N");

    private Chroot32(string root)
    {
        _root = root;
        Directory.CreateDirectory(Folder);
    }

    /// <summary>The folder, seen from outside.</summary>
    public string Folder => Path.Combine(_root, "opt", _name);

    /// <summary>Skips the test where there is none.</summary>
    public static Chroot32 Demand()
    {
        var root = Environment.GetEnvironmentVariable("COMIM_CHROOT32");
        Skip.If(string.IsNullOrEmpty(root), "needs the chroot with 32-bit Wine that tests/run.sh --long prepares (COMIM_CHROOT32)");
        Skip.IfNot(Requires.Tool("i686-w64-mingw32-g++", out var reason), reason);
        return new Chroot32(root!);
    }

    /// <summary>Copies a folder into that of the run.</summary>
    public async Task CopyAsync(string source, string name)
    {
        using var copy = Process.Start("cp", ["-rL", source, Path.Combine(Folder, name)]);
        await copy.WaitForExitAsync().WaitAsync(Limit);
        Assert.Equal(0, copy.ExitCode);
    }

    /// <summary>Runs a shell script in the folder, and gives what it has written.</summary>
    public async Task<string> RunAsync(string script)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "script.sh"), script.ReplaceLineEndings("\n"));
        var output = Path.Combine(Folder, "output");
        try
        {
            await EnterAsync("sh ./script.sh > output 2>&1 < /dev/null");
        }
        finally
        {
            // What Wine leaves behind, and this prefix's alone.
            await EnterAsync("export WINEPREFIX=$PWD/prefix; wineserver -k; wineserver -w");
        }

        return await File.ReadAllTextAsync(output);
    }

    private async Task EnterAsync(string command)
    {
        var enter = Path.Combine(Repository.Root, "tests", "setup", "in-chroot32.sh");
        using var process = Process.Start(enter, [_root, "sh", "-c", $"cd /opt/{_name} && {command}"]);
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
