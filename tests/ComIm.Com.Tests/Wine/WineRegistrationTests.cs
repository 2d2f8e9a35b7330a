namespace ComIm.Com.Tests.Wine;

/// <summary>What the registration leaves in a registry that COM itself reads.</summary>
[Collection(WineCollection.Name)]
public sealed class WineRegistrationTests(WinePrefix wine)
{
    // Wine registers stdole2.tlb afresh, and with it these, when a library that imports it is first loaded: no doing of ours.
    private static readonly string[] StdOle =
    [
        "{00020430-0000-0000-C000-000000000046}", // the library
        "{4EF6100A-AF88-11D0-9846-00C04FC29993}", // FontEvents
        "{7BF80981-BF32-101A-8BBB-00AA00300CAB}", // IPictureDisp
        "{BEF6E003-A874-101A-8BBA-00AA00300CAB}", // IFontDisp
    ];

    // A prefix that was never used has no interfaces of 32 bit, and so no key for them, before Wine enters those.
    private const string StdOleParent = @"[HKEY_LOCAL_MACHINE\Software\Classes\Wow6432Node\Interface]";

    // As an installed original looks: a class and an interface of 32 bit, its library, and a view of ours alone.
    private const string Original = """
        REGEDIT4

        [HKEY_LOCAL_MACHINE\Software\Classes\Wow6432Node\CLSID\{EC10E7E8-797E-4495-A86D-3E9EADA6D5BB}\InprocServer32]
        @="C:\\old\\UccApi.dll"
        "ThreadingModel"="Apartment"

        [HKEY_LOCAL_MACHINE\Software\Classes\TypeLib\{ECD5307E-4419-43CF-8BDA-C9946AC375CF}\2.0\0\win32]
        @=hex(2):43,3a,00

        [HKEY_LOCAL_MACHINE\Software\Classes\Interface\{233693FB-AD38-4152-8D4F-688FDCC3FCDE}\TypeLib]
        "Version"="2.1"

        """;

    private static readonly string[] OriginalKeys =
    [
        @"HKLM\Software\Classes\Wow6432Node\CLSID\{EC10E7E8-797E-4495-A86D-3E9EADA6D5BB}",
        @"HKLM\Software\Classes\TypeLib\{ECD5307E-4419-43CF-8BDA-C9946AC375CF}",
        @"HKLM\Software\Classes\Interface\{233693FB-AD38-4152-8D4F-688FDCC3FCDE}",
    ];

    [SkippableTheory]
    [InlineData("")]
    [InlineData("--uccapi --surrogate")]
    [InlineData("--uccapi --own-process")]
    public async Task Unregistering_leaves_nothing_behind(string options)
    {
        WinePrefix.Demand();
        await wine.RegisterAsync(options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("ComIm.Application", await wine.ReadClassesAsync(), StringComparison.Ordinal);
        await wine.UnregisterAsync();
        try
        {
            var differences = string.Join('\n', Differences(wine.ClassesBefore, await wine.ReadClassesAsync()));
            Assert.True(differences.Length == 0, differences);
        }
        finally
        {
            await wine.RegisterAsync();
        }
    }

    [SkippableFact]
    public async Task The_original_comes_back_when_ComIm_goes()
    {
        WinePrefix.Demand();
        await wine.UnregisterAsync();
        try
        {
            var before = await wine.ReadClassesAsync();
            await wine.ImportAsync(Original);
            var installed = await wine.ReadClassesAsync();
            Assert.NotEqual(before, installed);
            await wine.RegisterAsync("--uccapi", "--surrogate");
            Assert.DoesNotContain("UccApi.dll", await wine.ReadClassesAsync(), StringComparison.Ordinal);
            await wine.RegisterAsync("--uccapi");
            await wine.UnregisterAsync();
            var differences = string.Join('\n', Differences(installed, await wine.ReadClassesAsync()));
            Assert.True(differences.Length == 0, differences);
        }
        finally
        {
            foreach (var key in OriginalKeys)
            {
                await wine.RunAsync(["reg", "delete", key, "/f"]);
            }

            await wine.RegisterAsync();
        }
    }

    [SkippableFact]
    public async Task Regsvr32_enters_what_comim_does_and_leaves_the_original_alone()
    {
        WinePrefix.Demand();
        var byComim = await wine.ReadClassesAsync();
        await wine.UnregisterAsync();
        try
        {
            await wine.RunAsync(["regsvr32", WinePrefix.ToWindows(WinePrefix.ComHost)]);
            var classes = await wine.ReadClassesAsync();
            Assert.DoesNotContain("{EC10E7E8-797E-4495-A86D-3E9EADA6D5BB}", classes, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Differences(byComim, classes), l => l.StartsWith("gone", StringComparison.Ordinal));
            await wine.RunAsync(["regsvr32", "/u", WinePrefix.ToWindows(WinePrefix.ComHost)]);
            var differences = string.Join('\n', Differences(wine.ClassesBefore, await wine.ReadClassesAsync()));
            Assert.True(differences.Length == 0, differences);
        }
        finally
        {
            await wine.RegisterAsync();
        }
    }

    [SkippableFact]
    public async Task A_manifest_does_instead_of_a_registration()
    {
        WinePrefix.Demand();
        var program = await UccClient.CompileAsync(wine, "regfree.cpp");
        var folder = Directory.CreateDirectory(Path.Combine(wine.Folder, "regfree"));
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(WinePrefix.ComHost)!).Append(program))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)), overwrite: true);
        }

        var here = Path.Combine(folder.FullName, "regfree.exe");
        await File.WriteAllTextAsync(here + ".manifest", """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
              <assemblyIdentity type="win32" name="regfree" version="1.0.0.0" />
              <dependency><dependentAssembly>
                <assemblyIdentity type="win32" name="ComIm.Com.X" version="0.1.0.0" />
              </dependentAssembly></dependency>
            </assembly>
            """);
        await wine.UnregisterAsync();
        try
        {
            var output = await wine.RunMarkedAsync("regfree", [WinePrefix.ToWindows(here)]);
            ProgramOutput.AssertNothingWrong(output);
        }
        finally
        {
            await wine.RegisterAsync();
        }
    }

    [SkippableFact]
    public async Task Without_dotnet_it_refuses_and_says_why()
    {
        WinePrefix.Demand();

        // A folder without .NET 10 where the comhost looks; ComIm runs all the same, as its self-contained program does.
        var comim = string.Join(' ', await wine.DotNetCommandAsync(Repository.Comim, ["register", "--machine"]));
        var run = await wine.RunAsync(["cmd", "/c", @"set ProgramW6432=C:\nowhere&& set ProgramFiles=C:\nowhere&& " + comim]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(@"No 64-bit .NET 10 runtime was found in C:\nowhere\dotnet", run.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Of_a_users_registration_the_keys_are_written_and_removed()
    {
        WinePrefix.Demand();
        try
        {
            var run = await wine.ComimAsync("register", "--user", "--uccapi", "--surrogate");
            Assert.Equal(0, run.ExitCode);
            var written = await wine.RunAsync(["reg", "query", @"HKCU\Software\Classes\ComIm.Application\CLSID", "/ve"]);
            Assert.Contains("F663C959", written.Output, StringComparison.Ordinal);
        }
        finally
        {
            await wine.ComimAsync("unregister", "--user");
        }

        Assert.NotEqual(0, (await wine.RunAsync(["reg", "query", @"HKCU\Software\Classes\ComIm.Application"])).ExitCode);
        Assert.NotEqual(0, (await wine.RunAsync(["reg", "query", @"HKCU\Software\ComIm"])).ExitCode);
    }

    /// <summary>The lines that are in one of two exports alone, each with the key it stands under.</summary>
    private static IEnumerable<string> Differences(string before, string after)
    {
        var (was, now) = (LinesWithKeys(before), LinesWithKeys(after));
        return was.Except(now, StringComparer.OrdinalIgnoreCase).Select(l => "gone: " + l).Concat(now.Except(was, StringComparer.OrdinalIgnoreCase).Select(l => "left: " + l))
            .Where(l => !StdOle.Any(id => l.Contains(id, StringComparison.OrdinalIgnoreCase)) && !l.TrimEnd().EndsWith(StdOleParent, StringComparison.OrdinalIgnoreCase));
    }

    private static List<string> LinesWithKeys(string export)
    {
        var (key, lines) = ("", new List<string>());
        foreach (var line in export.Split("\r\n"))
        {
            key = line.StartsWith('[') ? line : key;
            lines.Add(key + " " + line);
        }

        return lines;
    }

    [SkippableFact]
    public async Task COM_finds_the_class_the_library_and_the_events()
    {
        WinePrefix.Demand();
        var program = await wine.CompileAsync(ChatTests.Script("probe.cpp"));
        var output = await wine.RunMarkedAsync("probe.exe", [WinePrefix.ToWindows(program)]);
        ProgramOutput.AssertNothingWrong(output);
    }
}
