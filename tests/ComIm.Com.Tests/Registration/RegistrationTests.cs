using ComIm.Com.Registration;

namespace ComIm.Com.Tests.Registration;

public sealed class RegistrationTests
{
    private const string ComHost = @"C:\Program Files\ComIm\ComIm.Com.comhost.dll";
    private const string ClassId = "{F663C959-CBAA-4EF0-BF0F-6CEDB4A28EED}";
    private const string ClassKey = @"Classes\CLSID\" + ClassId;
    private const string ClassKey32 = @"Classes\Wow6432Node\CLSID\" + ClassId;
    private const string LibraryKey = @"Classes\TypeLib\{694EBB29-7318-41E7-9DB6-F3F10FB88173}\0.1";
    private const string TypeLibraryMarshaler = "{00020424-0000-0000-C000-000000000046}";
    private const string DispatchMarshaler = "{00020420-0000-0000-C000-000000000046}";
    private const string ApplicationInterface = "{0DAA7513-5E35-4C63-9ABF-19A5BD793C67}";

    private static readonly ServerFiles Files = new(ComHost, 64, @"""C:\Program Files\ComIm\comim.exe"" com-server");

    private readonly MemoryClassRegistry _registry = new();

    [Fact]
    public void A_script_finds_the_class_by_its_name()
    {
        Write();
        Assert.Equal(ClassId, _registry[@"Classes\ComIm.Application\CLSID"]);
        Assert.Equal("ComIm.Application.1", _registry[@"Classes\ComIm.Application\CurVer"]);
        Assert.Equal(ClassId, _registry[@"Classes\ComIm.Application.1\CLSID"]);
        Assert.Equal(ComHost, _registry[$@"Classes\CLSID\{_registry[@"Classes\ComIm.UccPlatform\CLSID"]}\InprocServer32"]);
    }

    [Fact]
    public void The_class_names_its_server()
    {
        Write();
        Assert.Equal(ComHost, _registry[ClassKey + @"\InprocServer32"]);
        Assert.Equal("Both", _registry[ClassKey + @"\InprocServer32", "ThreadingModel"]);
        Assert.Equal("ComIm.Application.1", _registry[ClassKey + @"\ProgID"]);
        Assert.Equal("ComIm.Application", _registry[ClassKey + @"\VersionIndependentProgID"]);
        Assert.Equal("{694EBB29-7318-41E7-9DB6-F3F10FB88173}", _registry[ClassKey + @"\TypeLib"]);
        var appId = _registry[ClassKey, "AppID"];
        Assert.Equal("ComIm", _registry[$@"Classes\AppID\{appId}"]);
        Assert.DoesNotContain(_registry.Values.Keys, key => key.Contains("Wow6432Node", StringComparison.Ordinal));
        Assert.DoesNotContain(_registry.Values.Keys, key => key.EndsWith("@DllSurrogate", StringComparison.Ordinal));
    }

    [Fact]
    public void The_type_library_and_its_interfaces_are_there_for_both_bitnesses()
    {
        Write(process: ServerProcess.Surrogate);
        Assert.Equal(ComHost, _registry[LibraryKey + @"\0\win64"]);
        Assert.Equal(@"C:\Program Files\ComIm\ComIm32.tlb", _registry[LibraryKey + @"\0\win32"]);
        Assert.Equal(@"C:\Program Files\ComIm", _registry[LibraryKey + @"\HELPDIR"]);
        Assert.Equal("0", _registry[LibraryKey + @"\FLAGS"]);
        foreach (var view in (string[])["Classes", @"Classes\Wow6432Node"])
        {
            var application = $@"{view}\Interface\{ApplicationInterface}";
            Assert.Equal("IComImApplication", _registry[application]);
            Assert.Equal(TypeLibraryMarshaler, _registry[application + @"\ProxyStubClsid32"]);
            Assert.Equal("0.1", _registry[application + @"\TypeLib", "Version"]);
            const string Events = "{F0E15273-ED31-4D39-B441-117E84447CA6}";
            Assert.Equal("_IComImEvents", _registry[$@"{view}\Interface\{Events}"]);
            Assert.Equal(DispatchMarshaler, _registry[$@"{view}\Interface\{Events}\ProxyStubClsid32"]);
        }
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, @"C:\windows\system32\dllhost.exe")]
    public void A_surrogate_serves_programs_of_the_other_bitness(bool isWine, string surrogate)
    {
        Write(process: ServerProcess.Surrogate, isWine: isWine);
        var appId = _registry[ClassKey32, "AppID"];
        Assert.Equal(surrogate, _registry[$@"Classes\AppID\{appId}", "DllSurrogate"]);
        Assert.Equal(ComHost, _registry[ClassKey + @"\InprocServer32"]);
        Assert.Null(_registry[ClassKey32 + @"\InprocServer32"]);
        Assert.All(RegisteredClass.All.Where(c => !c.IsOriginal), c => Assert.Equal(appId, _registry[$@"Classes\CLSID\{c.Id}", "AppID"]));
    }

    [Fact]
    public void A_process_of_its_own_is_the_only_server_where_it_is_asked_for()
    {
        Write(process: ServerProcess.OwnProcess);
        foreach (var key in (string[])[ClassKey, ClassKey32])
        {
            Assert.Equal(Files.Command, _registry[key + @"\LocalServer32"]);
            Assert.Null(_registry[key + @"\InprocServer32"]);
        }

        var appId = _registry[@"Classes\AppID\comim.exe", "AppID"];
        Assert.Null(_registry[$@"Classes\AppID\{appId}", "DllSurrogate"]);
    }

    [Fact]
    public void A_server_of_32_bit_serves_programs_of_32_bit()
    {
        Write(bits: 32);
        Assert.Equal(ComHost, _registry[ClassKey32 + @"\InprocServer32"]);
        Assert.Null(_registry[ClassKey + @"\InprocServer32"]);
        Assert.Equal(ComHost, _registry[LibraryKey + @"\0\win32"]);
        Assert.Null(_registry[LibraryKey + @"\0\win64"]);
    }

    [Fact]
    public void Another_user_may_not_call_and_nobody_may_from_afar()
    {
        Write(process: ServerProcess.Surrogate);
        var appId = $@"Classes\AppID\{_registry[ClassKey, "AppID"]}";

        // As Windows writes O:BAG:BAD:(A;;0x3;;;PS)(A;;0x3;;;SY) and O:BAG:BAD:(A;;0xB;;;AU)(A;;0xB;;;SY).
        const string Head = "0100048014000000240000000000000034000000"
            + "01020000000000052000000020020000" + "01020000000000052000000020020000" + "0200300002000000";
        Assert.Equal(
            Head + "0000140003000000" + "01010000000000050A000000" + "0000140003000000" + "010100000000000512000000",
            Convert.ToHexString((byte[])_registry.Values[appId + "@AccessPermission"]));
        Assert.Equal(
            Head + "000014000B000000" + "01010000000000050B000000" + "000014000B000000" + "010100000000000512000000",
            Convert.ToHexString((byte[])_registry.Values[appId + "@LaunchPermission"]));
    }

    [Fact]
    public void Unregistering_leaves_nothing_of_ours_and_all_of_others()
    {
        Write(uccApi: true, process: ServerProcess.Surrogate, isWine: true);
        _registry.SetValue(@"Classes\TypeLib\{694EBB29-7318-41E7-9DB6-F3F10FB88173}\9.9", "", "a later version");
        _registry.SetValue(@"Classes\ComIm.ApplicationTools", "", "somebody else");
        RegistrationKeys.Remove(_registry);
        Assert.Equal(["a later version", "somebody else"], _registry.Values.Values.Cast<string>().Order(StringComparer.Ordinal));
        RegistrationKeys.Remove(_registry);
    }

    [Theory]
    [InlineData(ServerProcess.InProcess)]
    [InlineData(ServerProcess.Surrogate)]
    [InlineData(ServerProcess.OwnProcess)]
    public void Registering_again_leaves_what_is_asked_last(ServerProcess first)
    {
        Write();
        var before = _registry.Values.ToList();
        Write(uccApi: true, process: first, isWine: true);
        Write();
        Assert.Equal(before, _registry.Values);
    }

    [SkippableFact]
    public void Elsewhere_than_on_Windows_it_says_so()
    {
        Skip.If(OperatingSystem.IsWindows(), "this is Windows");
        foreach (var scope in Enum.GetValues<RegistrationScope>())
        {
            var options = new RegistrationOptions { Scope = scope };
            Assert.Contains("Windows", Assert.Throws<RegistrationException>(() => ComRegistration.Register(options)).Message, StringComparison.Ordinal);
            Assert.Throws<RegistrationException>(() => ComRegistration.Unregister(scope));
        }
    }

    private void Write(bool uccApi = false, ServerProcess process = default, bool isWine = false, int bits = 64) =>
        RegistrationKeys.Write(_registry, new RegistrationPlan(Files with { Bits = bits }, uccApi, process, isWine));
}
