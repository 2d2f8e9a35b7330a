using ComIm.Com.Registration;

namespace ComIm.Com.Tests.Registration;

public sealed class RegistrationTests
{
    private const string ComHost = @"C:\Program Files\ComIm\ComIm.Com.comhost.dll";
    private const string ClassKey = @"CLSID\{F663C959-CBAA-4EF0-BF0F-6CEDB4A28EED}";
    private const string LibraryKey = @"TypeLib\{694EBB29-7318-41E7-9DB6-F3F10FB88173}\0.1";

    private readonly MemoryClassRegistry _registry = new();

    public RegistrationTests() => RegistrationKeys.Write(_registry, ComHost);

    [Fact]
    public void A_script_finds_the_class_by_its_name()
    {
        Assert.Equal("{F663C959-CBAA-4EF0-BF0F-6CEDB4A28EED}", _registry[@"ComIm.Application\CLSID"]);
        Assert.Equal("ComIm.Application.1", _registry[@"ComIm.Application\CurVer"]);
        Assert.Equal("{F663C959-CBAA-4EF0-BF0F-6CEDB4A28EED}", _registry[@"ComIm.Application.1\CLSID"]);
    }

    [Fact]
    public void The_class_names_its_server()
    {
        Assert.Equal(ComHost, _registry[ClassKey + @"\InprocServer32"]);
        Assert.Equal("Both", _registry[ClassKey + @"\InprocServer32", "ThreadingModel"]);
        Assert.Equal("ComIm.Application.1", _registry[ClassKey + @"\ProgID"]);
        Assert.Equal("ComIm.Application", _registry[ClassKey + @"\VersionIndependentProgID"]);
        Assert.Equal("{694EBB29-7318-41E7-9DB6-F3F10FB88173}", _registry[ClassKey + @"\TypeLib"]);
        var appId = _registry[ClassKey, "AppID"];
        Assert.Equal("ComIm", _registry[$@"AppID\{appId}"]);
    }

    [Fact]
    public void The_type_library_and_its_interfaces_are_there()
    {
        Assert.Equal(ComHost, _registry[LibraryKey + @"\0\win64"]);
        Assert.Equal(@"C:\Program Files\ComIm", _registry[LibraryKey + @"\HELPDIR"]);
        Assert.Equal("0", _registry[LibraryKey + @"\FLAGS"]);
        const string Application = @"Interface\{0DAA7513-5E35-4C63-9ABF-19A5BD793C67}";
        Assert.Equal("IComImApplication", _registry[Application]);
        Assert.Equal("{00020424-0000-0000-C000-000000000046}", _registry[Application + @"\ProxyStubClsid32"]);
        Assert.Equal("0.1", _registry[Application + @"\TypeLib", "Version"]);
        Assert.Equal(
            "{00020420-0000-0000-C000-000000000046}",
            _registry[@"Interface\{F0E15273-ED31-4D39-B441-117E84447CA6}\ProxyStubClsid32"]);
    }

    [Fact]
    public void Unregistering_leaves_nothing_of_ours_and_all_of_others()
    {
        _registry.SetValue(@"TypeLib\{694EBB29-7318-41E7-9DB6-F3F10FB88173}\9.9", "", "a later version");
        _registry.SetValue("ComIm.ApplicationTools", "", "somebody else");
        RegistrationKeys.Remove(_registry);
        Assert.Equal(
            ["a later version", "somebody else"], _registry.Values.Values.Order(StringComparer.Ordinal));
        RegistrationKeys.Remove(_registry);
    }

    [Fact]
    public void Registering_twice_changes_nothing()
    {
        var before = _registry.Values.ToList();
        RegistrationKeys.Write(_registry, ComHost);
        Assert.Equal(before, _registry.Values);
    }

    [SkippableFact]
    public void Elsewhere_than_on_Windows_it_says_so()
    {
        Skip.If(OperatingSystem.IsWindows(), "this is Windows");
        foreach (var scope in Enum.GetValues<RegistrationScope>())
        {
            Assert.Contains("Windows", Assert.Throws<RegistrationException>(() => ComRegistration.Register(scope)).Message, StringComparison.Ordinal);
            Assert.Throws<RegistrationException>(() => ComRegistration.Unregister(scope));
        }
    }
}
