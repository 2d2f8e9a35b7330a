using System.Diagnostics;
using ComIm.Com.Tests.Wine;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi;

/// <summary>A C++ client of the original, built from the data's own header, calls our objects through their vtables.</summary>
[Collection(WineCollection.Name)]
public sealed class VtableTests(WinePrefix wine) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-client");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public async Task A_client_of_the_original_uses_contexts_uris_and_the_platform()
    {
        WinePrefix.Demand();
        await MakeHeaderAsync();
        var program = await wine.CompileAsync(ChatTests.Script("uccclient.cpp"), _folder.FullName);
        var output = await wine.RunMarkedAsync("uccclient", [program, WinePrefix.ToWindows(Repository.TestServer)]);
        Assert.DoesNotContain("wrong", output, StringComparison.Ordinal);
    }

    private async Task MakeHeaderAsync()
    {
        Skip.IfNot(Requires.Widl(out var reason), reason);
        var idl = Path.Combine(_folder.FullName, "Client.idl");
        await File.WriteAllTextAsync(idl, ClientIdl.Write(Data.Contract));
        using var widl = Process.Start(
            "x86_64-w64-mingw32-widl", ["-I", "/usr/include/wine/wine/windows", "-h", "-o", Path.Combine(_folder.FullName, "Client.h"), idl]);
        await widl.WaitForExitAsync();
        Assert.Equal(0, widl.ExitCode);
    }
}
