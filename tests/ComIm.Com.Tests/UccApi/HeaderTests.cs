using System.Diagnostics;
using ComIm.ContractGenerator;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi;

/// <summary>
/// Headers for C and C++, compiled for both bitnesses: that of an IDL of the tests' own, as a client of the original
/// has it, and that of UccApi.idl. Both must lay out every vtable as the data says.
/// </summary>
public sealed class HeaderTests : IDisposable
{
    private const string IdlFolder = "/usr/include/wine/wine/windows";
    private const string StdoleFolder = "/usr/lib/x86_64-linux-gnu/wine/x86_64-windows";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-header");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("-m64")]
    [InlineData("-m32")]
    public async Task A_client_of_the_original_compiles_and_sees_the_layout_of_the_data(string bits)
    {
        Demand();
        await File.WriteAllTextAsync(InFolder("Client.idl"), ClientIdl.Write(Data.Contract));
        await CheckAsync(bits, InFolder("Client.idl"), "Client.h");
    }

    [SkippableTheory]
    [InlineData("-m64")]
    [InlineData("-m32")]
    public async Task A_client_of_our_idl_compiles_and_sees_the_layout_of_the_data(string bits)
    {
        Demand();
        await CheckAsync(bits, Path.Combine(Repository.Root, Generator.Folder, "UccApi.idl"), "UccApi.h");
    }

    // To check a layout of 32 bit, the compiler of 64 bit does: nothing is linked.
    private static void Demand()
    {
        Skip.IfNot(Requires.Widl(out var reason), reason);
        Skip.IfNot(Requires.WindowsCompiler(out reason), reason);
        Skip.IfNot(File.Exists($"{IdlFolder}/oaidl.idl"), "needs libwine-dev");
    }

    private async Task CheckAsync(string bits, string idl, string header)
    {
        await RunAsync("x86_64-w64-mingw32-widl", bits, "-I", IdlFolder, "-L", StdoleFolder, "-h", "-o", InFolder(header), idl);
        await File.WriteAllTextAsync(InFolder("layout.c"), LayoutSource.WriteC(Data.Contract, header));
        await File.WriteAllTextAsync(InFolder("layout.cpp"), LayoutSource.WriteCpp(Data.Contract, header));
        await RunAsync("x86_64-w64-mingw32-gcc", bits, "-std=c11", "-w", "-fsyntax-only", "-I", _folder.FullName, InFolder("layout.c"));
        await RunAsync("x86_64-w64-mingw32-g++", bits, "-std=c++17", "-w", "-fsyntax-only", "-I", _folder.FullName, InFolder("layout.cpp"));
    }

    private string InFolder(string file) => Path.Combine(_folder.FullName, file);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync().WaitAsync(Limit);
        await process.WaitForExitAsync().WaitAsync(Limit);
        Assert.True(process.ExitCode == 0, $"{program}: {errors[..Math.Min(errors.Length, 4000)]}");
    }
}
