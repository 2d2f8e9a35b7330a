using System.Diagnostics;
using System.Reflection;
using ComIm.TestKit;

namespace ComIm.Cli.Tests.Documentation;

/// <summary>
/// The blocks of C# in the READMEs: each is a whole program with the usings that every project of .NET has, is compiled by the SDK's
/// compiler and run. 127.0.0.1:5060 is a server of the test, or a free port where the block starts a server.
/// </summary>
public sealed class CSharpBlockTests
{
    // What ImplicitUsings gives a project of Microsoft.NET.Sdk.
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(2);
    private static readonly string Home = AppContext.BaseDirectory;

    public static TheoryData<string> Blocks => [.. Readmes.NamesOf("csharp")];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task CSharp_CompilesAndRuns(string name)
    {
        var block = Readmes.Find(name);
        await using var world = await ReadmeWorld.StartAsync();
        using var folder = new ReadmeFolder();
        var isServer = block.Text.Contains("ImServer.StartAsync", StringComparison.Ordinal);
        folder.Write("Usings.cs", ImplicitUsings);
        folder.Write("Program.cs", block.Text.Replace(ReadmeBlock.ExampleAddress, isServer ? "127.0.0.1:0" : world.Address, StringComparison.Ordinal));

        // Beside the assemblies it needs.
        var program = Path.Combine(Home, $"readme-{Guid.NewGuid():N}.dll");
        try
        {
            var compiled = await RunAsync(folder.Path, [Compiler(), .. Arguments(program)]);
            Assert.True(compiled.ExitCode == 0, compiled.Out);
            var ran = await RunAsync(folder.Path, ["exec", "--depsfile", Own(".deps.json"), "--runtimeconfig", Own(".runtimeconfig.json"), program]);
            Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
            if (block.Output is { } expected)
            {
                Assert.Matches(ReadmeOutput.Pattern(expected, world.Address), ran.Out);
            }
        }
        finally
        {
            File.Delete(program);
        }
    }

    private static Task<(int ExitCode, string Out, string Error)> RunAsync(string folder, string[] arguments) =>
        ComimProcess.EndAsync(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder }, HangGuard);

    private static IEnumerable<string> Arguments(string program) =>
    [
        "-nologo", "-target:exe", "-langversion:latest", "-nullable:enable", "-warnaserror", $"-out:{program}",
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(IsForUsers).Select(file => $"-reference:{file}"),
        "Usings.cs", "Program.cs",
    ];

    // The framework and the product; of the tests nothing.
    private static bool IsForUsers(string file) =>
        !file.StartsWith(Home, StringComparison.Ordinal)
        || Path.GetFileName(file) is "ComIm.Client.dll" or "ComIm.Sip.dll" or "ComIm.Server.dll" or "ComIm.Com.dll" or "Microsoft.Extensions.Logging.Abstractions.dll";

    private static string Own(string ending) => Path.Combine(Home, Path.GetFileNameWithoutExtension(typeof(CSharpBlockTests).Assembly.Location) + ending);

    private static string Compiler() => typeof(CSharpBlockTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Compiler").Value!;
}
