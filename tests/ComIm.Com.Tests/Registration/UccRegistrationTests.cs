using ComIm.Com.Registration;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.Registration;

/// <summary>The keys of the original: taken only when asked for, and given back.</summary>
public sealed class UccRegistrationTests
{
    private const string ComHost = @"C:\Program Files\ComIm\ComIm.Com.comhost.dll";
    private const string LibraryKey = @"Classes\TypeLib\{ECD5307E-4419-43CF-8BDA-C9946AC375CF}\2.0";

    private static readonly ServerFiles Files = new(ComHost, 64, "comim.exe");
    private static readonly string[] Views = ["Classes", @"Classes\Wow6432Node"];

    private readonly MemoryClassRegistry _registry = new();

    public static TheoryData<string> CreatableNames => [.. UccCoclasses.All.Where(c => c.IsCreatable).Select(c => c.Name)];

    [Fact]
    public void The_original_stays_whose_it_is_unless_asked_for()
    {
        RegistrationKeys.Write(_registry, new RegistrationPlan(Files, Process: ServerProcess.Surrogate));
        var ids = Originals().Select(RegistrationKeys.Braced).Append(RegistrationKeys.Braced(new Guid(UccClassIds.Library)));
        Assert.All(ids, id => Assert.DoesNotContain(_registry.Values, v =>
            v.Key.Contains(id, StringComparison.Ordinal) || v.Value as string == id));
    }

    [Theory]
    [MemberData(nameof(CreatableNames))]
    public void Every_creatable_class_is_registered_and_has_a_name_for_scripts(string name)
    {
        RegistrationKeys.Write(_registry, new RegistrationPlan(Files, UccApi: true));
        var coclass = UccCoclasses.All.Single(c => c.Name == name);
        Assert.Equal(ComHost, _registry[$@"Classes\CLSID\{RegistrationKeys.Braced(coclass.Clsid)}\InprocServer32"]);
        var own = _registry[$@"Classes\ComIm.{name}\CLSID"];
        Assert.Equal(ComHost, _registry[$@"Classes\CLSID\{own}\InprocServer32"]);
        var type = RegisteredClass.All.Single(c => c.Id == own).Type;
        Assert.All(coclass.Interfaces, contract => Assert.True(contract.IsAssignableFrom(type), contract.Name));
    }

    [Fact]
    public void The_library_and_every_interface_are_registered_for_both_bitnesses()
    {
        RegistrationKeys.Write(_registry, new RegistrationPlan(Files, UccApi: true, Process: ServerProcess.Surrogate));
        Assert.Equal(ComHost + @"\2", _registry[LibraryKey + @"\0\win64"]);
        Assert.Equal(@"C:\Program Files\ComIm\UccApi32.tlb", _registry[LibraryKey + @"\0\win32"]);
        foreach (var contract in UccApi.Data.Contract.Interfaces.Where(i => i.Name != "IVideoWindow"))
        {
            foreach (var view in Views)
            {
                var key = $@"{view}\Interface\{RegistrationKeys.Braced(contract.Iid)}";
                Assert.Equal(contract.Name, _registry[key]);
                Assert.Equal("2.0", _registry[key + @"\TypeLib", "Version"]);
            }
        }
    }

    [Fact]
    public void What_stood_there_before_comes_back()
    {
        var before = WriteOriginal();
        RegistrationKeys.Write(_registry, new RegistrationPlan(Files, UccApi: true, Process: ServerProcess.Surrogate, IsWine: true));
        Assert.Equal(ComHost + @"\2", _registry[LibraryKey + @"\0\win64"]);
        Assert.Null(_registry[LibraryKey.Replace("2.0", "2.1", StringComparison.Ordinal)]);

        // A second time must not take ours for the original's.
        RegistrationKeys.Write(_registry, new RegistrationPlan(Files, UccApi: true));
        RegistrationKeys.Remove(_registry);
        Assert.Equal(before, _registry.Values);
    }

    [Fact]
    public void A_registration_that_was_cut_short_is_taken_back_all_the_same()
    {
        var before = WriteOriginal();
        for (var writes = 1; writes < 400; writes += 7)
        {
            var left = writes;
            var cut = new CutShortRegistry(_registry, () => --left < 0);
            Assert.Throws<OperationCanceledException>(
                () => RegistrationKeys.Write(cut, new RegistrationPlan(Files, UccApi: true, Process: ServerProcess.Surrogate)));
            RegistrationKeys.Remove(_registry);
            Assert.Equal(before, _registry.Values);
        }
    }

    [Fact]
    public void What_regsvr32_enters_unasked_is_taken_back()
    {
        var platform = RegisteredClass.All.Single(c => c.Type == typeof(Com.UccApi.Objects.UccPlatform));
        _registry.SetValue($@"Classes\CLSID\{platform.Id}\InprocServer32", "", ComHost);
        RegistrationKeys.RemoveUnasked(_registry, platform);
        Assert.Empty(_registry.Values);
        RegistrationKeys.Write(_registry, new RegistrationPlan(Files, UccApi: true));
        RegistrationKeys.RemoveUnasked(_registry, platform);
        Assert.Equal(ComHost, _registry[$@"Classes\CLSID\{platform.Id}\InprocServer32"]);
    }

    private static IEnumerable<Guid> Originals() => UccCoclasses.All.Select(c => c.Clsid)
        .Concat(UccApi.Data.Contract.Interfaces.Select(i => i.Iid));

    // As the original's installer left them, in the view of 32 bit, and a later version of its library.
    private List<KeyValuePair<string, object>> WriteOriginal()
    {
        _registry.SetValue($@"Classes\Wow6432Node\CLSID\{RegistrationKeys.Braced(new Guid(UccClassIds.UccPlatform))}", "", "UccPlatform Class");
        _registry.SetValue(
            $@"Classes\Wow6432Node\CLSID\{RegistrationKeys.Braced(new Guid(UccClassIds.UccPlatform))}\InprocServer32", "", @"C:\old\UccApi.dll");
        _registry.SetValue(LibraryKey, "", "UCCAPILib");
        _registry.SetValue(LibraryKey + @"\0\win32", "", @"C:\old\UccApi.dll");
        _registry.SetValue(LibraryKey.Replace("2.0", "2.1", StringComparison.Ordinal), "", "a later version");
        _registry.SetValue($@"Classes\Wow6432Node\Interface\{RegistrationKeys.Braced(typeof(IUccPlatform).GUID)}", "", "IUccPlatform");
        _registry.SetValue($@"Classes\Interface\{RegistrationKeys.Braced(typeof(IUccSession).GUID)}\TypeLib", "Version", "2.1");
        return [.. _registry.Values];
    }
}
