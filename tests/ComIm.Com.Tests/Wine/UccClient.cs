using System.Diagnostics;
using ComIm.Com.Tests.UccApi;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>C++ programs that are clients of the original UCC API: their headers are made of the data, not of our IDL.</summary>
internal static class UccClient
{
    /// <summary>Compiles a program of the Scripts folder.</summary>
    public static async Task<string> CompileAsync(WinePrefix wine, string source, string compiler = "x86_64-w64-mingw32-g++") =>
        await wine.CompileAsync(ChatTests.Script(source), await MakeHeadersAsync(wine), compiler);

    /// <summary>Makes Client.h, ClientEvents.h and ClientClasses.h, once for a prefix.</summary>
    private static async Task<string> MakeHeadersAsync(WinePrefix wine)
    {
        Skip.IfNot(Requires.Widl(out var reason), reason);
        var folder = Path.Combine(wine.Folder, "headers");
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            var idl = Path.Combine(folder, "Client.idl");
            await File.WriteAllTextAsync(idl, ClientIdl.Write(Data.Contract));
            await File.WriteAllTextAsync(Path.Combine(folder, "ClientEvents.h"), ClientIdl.WriteEvents(Data.Contract));
            await File.WriteAllTextAsync(Path.Combine(folder, "ClientClasses.h"), ClientClasses.Write(Data.Contract));
            using var widl = Process.Start(
                "x86_64-w64-mingw32-widl", ["-I", "/usr/include/wine/wine/windows", "-h", "-o", Path.Combine(folder, "Client.h"), idl]);
            await widl.WaitForExitAsync();
            Assert.Equal(0, widl.ExitCode);
        }

        return folder;
    }
}
