using ComIm.Client;
using ComIm.Com.Tests.UccApi.Objects;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.Com.UccApi.Objects.Endpoints;
using ComIm.Com.UccApi.Objects.Tracing;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>Trace settings: a file for each application, without secrets, that does not grow for ever.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-trace");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Trace_HoldsWhatGoesOverTheWire_AndNoPassword()
    {
        await using var server = await TestServer.StartAsync();
        var platform = Create("Old: Messenger", new MemorySwitch());
        var tracing = (IUccTraceSettings)platform;
        var before = tracing.TracingEnabled;

        tracing.EnableTracing();
        SignIn(platform, server);
        var text = await ReadAsync("Old_ Messenger.uccapilog");

        Assert.False(before);
        Assert.True(tracing.TracingEnabled);
        Assert.Contains("REGISTER sip:" + TestServer.Domain, text, StringComparison.Ordinal);
        Assert.Contains("200 OK", text, StringComparison.Ordinal);
        Assert.Contains("Authorization: Digest ", text, StringComparison.Ordinal);
        Assert.Contains("***", text, StringComparison.Ordinal);
        Assert.DoesNotContain("response=", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-alice", text, StringComparison.Ordinal);
        await ShutdownAsync(platform);
    }

    [Fact]
    public async Task EnableTracing_WhileSignedIn_HoldsWhatGoesOverTheWireFromThen()
    {
        await using var server = await TestServer.StartAsync();
        var platform = Create("late", new MemorySwitch());
        SignIn(platform, server);

        ((IUccTraceSettings)platform).EnableTracing();
        await ShutdownAsync(platform);
        var text = await ReadAsync("late.uccapilog");

        Assert.Contains("REGISTER sip:" + TestServer.Domain, text, StringComparison.Ordinal);
        Assert.DoesNotContain("401 ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisableTracing_EndsIt_AndTheFileStays()
    {
        await using var server = await TestServer.StartAsync();
        var platform = Create("quiet", new MemorySwitch());
        var tracing = (IUccTraceSettings)platform;
        tracing.EnableTracing();
        tracing.DisableTracing();

        SignIn(platform, server);

        Assert.False(tracing.TracingEnabled);
        Assert.DoesNotContain("REGISTER", await ReadAsync("quiet.uccapilog"), StringComparison.Ordinal);
        await ShutdownAsync(platform);
    }

    [Fact]
    public void Tracing_IsRememberedForTheApplicationsNextRun()
    {
        var remembered = new MemorySwitch();
        Create("first", remembered).EnableTracing();

        Assert.True(Create("first", remembered).TracingEnabled);
        Assert.False(Create("second", remembered).TracingEnabled);
    }

    [Fact]
    public void EnableTracing_WhereNothingCanBeWritten_Fails()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "taken"), "");
        var platform = Create("x", new MemorySwitch(), "taken");

        Failure.Is(unchecked((int)0x80070005), platform.EnableTracing);

        Assert.False(platform.TracingEnabled);
    }

    [Fact]
    public void Log_ThatIsFull_BeginsAnother()
    {
        var path = TraceLog.PathOf(_folder.FullName, "full");
        using (var log = TraceLog.Open(path, capacity: 200))
        {
            for (var i = 0; i < 20; i++)
            {
                log.Write(DateTimeOffset.UnixEpoch, $"line {i}");
            }
        }

        Assert.InRange(new FileInfo(path).Length, 1, 200);
        Assert.InRange(new FileInfo(path + ".bak").Length, 1, 200);
        Assert.Contains("line 19", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    private UccPlatform Create(string name, ITraceSwitch remembered, string folder = "")
    {
        var platform = new UccPlatform(new ImClientOptions(), NoEndpointOverrides.Instance)
        {
            TraceFolder = Path.Combine(_folder.FullName, folder),
            TraceSwitch = remembered,
        };
        platform.Initialize(name, null);
        return platform;
    }

    private static void SignIn(IUccPlatform platform, TestServer server)
    {
        var uri = ((IUccUriManager)new UccUriManager()).ParseUri($"sip:alice@{TestServer.Domain}");
        var endpoint = platform.CreateEndpoint(UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED, uri, null!, null!);
        var settings = (IUccServerSignalingSettings)endpoint;
        settings.CredentialCache.SetCredential("*", settings.CredentialCache.CreateCredential("alice", "secret-alice", ""));
        settings.Server = settings.CreateSignalingServer(server.Address, UCC_TRANSPORT_MODE.UCCTM_TCP);
        var events = new Recorder();
        events.Advise<_IUccEndpointEvents>(endpoint);
        endpoint.Enable(null!);
        events.TakeSuccess("OnEnable");
    }

    private static async Task ShutdownAsync(UccPlatform platform)
    {
        var events = new Recorder();
        events.Advise<_IUccPlatformEvents>(platform);
        platform.Shutdown();
        await Task.Run(() => events.TakeSuccess("OnShutdown"));
    }

    private async Task<string> ReadAsync(string name)
    {
        await using var file = new FileStream(Path.Combine(_folder.FullName, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }

    private sealed class MemorySwitch : ITraceSwitch
    {
        private readonly HashSet<string> _names = [];

        public bool IsOn(string applicationName) => _names.Contains(applicationName);

        public void Set(string applicationName, bool isOn) => _ = isOn ? _names.Add(applicationName) : _names.Remove(applicationName);
    }
}
