using System.Runtime.InteropServices.ComTypes;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.Tests.UccApi.Objects;

/// <summary>The platform as C# code uses it that was written to the original interfaces.</summary>
public sealed class PlatformTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly IUccPlatform _platform = new UccPlatform();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a*b")]
    [InlineData("a\u200eb")]
    [InlineData("a\nb")]
    public void A_bad_name_is_refused(string? name)
    {
        Failure.Is(HResults.InvalidArgument, () => _platform.Initialize(name!, null!));
        _platform.Initialize("tests", null!);
    }

    [Fact]
    public void Nothing_works_before_it_is_initialized()
    {
        Failure.Is(UccHResults.UCC_E_PLATFORM_NOT_INITIALIZED, () => _platform.Shutdown(null!));
        Failure.Is(UccHResults.UCC_E_PLATFORM_NOT_INITIALIZED, () => ((IUccTraceSettings)_platform).EnableTracing());
        Failure.Is(
            UccHResults.UCC_E_PLATFORM_NOT_INITIALIZED,
            () => _platform.CreateEndpoint(UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED, null!, null!, null!));
    }

    [Fact]
    public void It_is_initialized_once_and_never_after_its_end()
    {
        _platform.Initialize("tests", null!);
        Failure.Is(UccHResults.UCC_E_PLATFORM_ALREADY_INITIALIZED, () => _platform.Initialize("tests", null!));
        _platform.Shutdown(null!);
        Failure.Is(UccHResults.UCC_E_PLATFORM_ALREADY_SHUT_DOWN, () => _platform.Initialize("tests", null!));
        Failure.Is(UccHResults.UCC_E_PLATFORM_ALREADY_SHUT_DOWN, () => _platform.Shutdown(null!));
    }

    [Fact]
    public async Task Shutdown_ends_with_an_event_that_brings_the_operation_back()
    {
        var sink = new Sink();
        var id = typeof(_IUccPlatformEvents).GUID;
        ((IConnectionPointContainer)_platform).FindConnectionPoint(ref id, out var point);
        point!.Advise(sink, out var cookie);
        _platform.Initialize("tests", null!);
        IUccOperationContext operation = new UccOperationContext();
        operation.Initialize(3, new UccContext());

        _platform.Shutdown(operation);
        var (source, data) = await sink.ShutDown.Task.WaitAsync(Patience);

        Assert.Same(_platform, source);
        Assert.Same(operation, data.OriginalOperationContext);
        Assert.True(data.IsComplete);
        Assert.Equal((0, "", 0), (data.StatusCode, data.StatusText, data.Properties.Count));
        point.Unadvise(cookie);
    }

    [Fact]
    public void An_object_that_stands_for_the_first_does_what_that_does()
    {
        var first = new UccPlatform();
        IUccPlatform second = new UccPlatform(first);
        second.Initialize("tests", null!);
        Failure.Is(UccHResults.UCC_E_PLATFORM_ALREADY_INITIALIZED, () => first.Initialize("tests", null!));
        IUccUriManager uris = new UccUriManager();
        var endpoint = second.CreateEndpoint(
            UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED, uris.ParseUri("sip:alice@example.com"), null!, null!);
        Assert.Same(first, ((UccServerEndpoint)endpoint).Platform);
        second.Shutdown(null!);
        Failure.Is(UccHResults.UCC_E_PLATFORM_ALREADY_SHUT_DOWN, () => first.Shutdown(null!));
        Failure.Is(
            UccHResults.UCC_E_PLATFORM_ALREADY_SHUT_DOWN,
            () => second.CreateProxyEndpoint(UCC_ENDPOINT_TYPE.UCCET_PROXY_TELEPHONY, null!, null!, null!, null!));
    }

    [Fact]
    public void It_has_a_connection_point_for_each_of_its_sources()
    {
        foreach (var source in UccCoclasses.UccPlatform.Sources)
        {
            var id = source.GUID;
            ((IConnectionPointContainer)_platform).FindConnectionPoint(ref id, out var point);
            point!.GetConnectionInterface(out var iid);
            Assert.Equal(id, iid);
        }

        var other = typeof(_IUccEndpointEvents).GUID;
        Failure.Is(HResults.NoConnection, () => ((IConnectionPointContainer)_platform).FindConnectionPoint(ref other, out _));
    }

    [Fact]
    public void There_are_no_devices_and_what_needs_one_fails()
    {
        _platform.Initialize("tests", null!);
        var devices = (IUccMediaDeviceManager)_platform;
        Assert.Equal(0, devices.GetDevices(default, default).Count);
        Assert.Empty(devices.GetDevices(default, default));
        Failure.Is(UccHResults.UCC_E_MEDIA_DISABLED, () => devices.GetNullDevice(default, default, out _));
        Failure.Is(UccHResults.UCC_E_MEDIA_DISABLED, () => devices.GetSelectedDevice(default, default, default));
        Failure.Is(UccHResults.UCC_E_MEDIA_DISABLED, () => ((IUccMediaDeviceSettings)_platform).GetDeviceSettings());
        Failure.Is(UccHResults.UCC_E_MEDIA_DISABLED, () => ((IUccMediaDeviceSettings)_platform).InvokeTuningWizard(0));
        Failure.Is(
            UccHResults.UCC_E_MEDIA_DISABLED,
            () => _platform.CreateProxyEndpoint(UCC_ENDPOINT_TYPE.UCCET_PROXY_TELEPHONY, null!, null!, null!, null!));
    }

    [Theory]
    [InlineData(typeof(UccPlatform))]
    [InlineData(typeof(UccContext))]
    [InlineData(typeof(UccUriManager))]
    [InlineData(typeof(UccOperationContext))]
    [InlineData(typeof(UccPropertyCollection))]
    public void Classes_answer_all_their_interfaces(Type type)
    {
        var coclass = UccCoclasses.All.Single(c => c.Name == type.Name);
        Assert.All(coclass.Interfaces, contract => Assert.True(contract.IsAssignableFrom(type), contract.Name));
    }

    private sealed class Sink : _IUccPlatformEvents
    {
        public TaskCompletionSource<(IUccPlatform, IUccOperationProgressEvent)> ShutDown { get; } = new();

        public void OnShutdown(IUccPlatform pEventSource, IUccOperationProgressEvent pEventData) =>
            ShutDown.SetResult((pEventSource, pEventData));

        public void OnIpAddrChange(IUccPlatform pEventSource, object pEventData)
        {
        }
    }
}
