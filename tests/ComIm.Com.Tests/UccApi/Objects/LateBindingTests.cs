using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.Tests.UccApi.Objects;

/// <summary>Every object answers scripts with the members of all its interfaces.</summary>
public sealed class LateBindingTests
{
    private const DispatchKinds Read = DispatchKinds.Method | DispatchKinds.PropertyGet;

    public static TheoryData<string> CoclassNames => Data.CoclassNames;

    [Theory]
    [MemberData(nameof(CoclassNames))]
    public void Every_member_of_every_interface_has_a_name_and_an_id_of_its_own(string name)
    {
        var data = Data.Contract.Coclasses.Single(c => c.Name == name);
        var table = UccCoclasses.All.Single(c => c.Name == name).Dispatch;
        var names = data.Interfaces.Select(Data.Contract.Find).Where(i => i != null)
            .SelectMany(i => Data.Contract.Lineage(i!)).SelectMany(i => i.Members).Select(m => m.Name)
            .Concat(data.Sources.Count > 0 ? ["Sink", "WaitForEvent"] : []).Distinct().ToList();
        Assert.All(names, member => Assert.Equal(member, table.Find(member)!.Name));
        Assert.Equal(names.Count, table.Members.Count);
        Assert.Equal(names.Count, table.Members.Select(m => m.DispId).Distinct().Count());
    }

    [Fact]
    public void The_default_interface_keeps_the_ids_of_the_type_library()
    {
        var table = UccCoclasses.UccContext.Dispatch;
        Assert.Equal((0, -4, 1610743808), (table.Find("Item")!.DispId, table.Find("_NewEnum")!.DispId, table.Find("Count")!.DispId));
        Assert.Equal(1610678272, UccCoclasses.UccPlatform.Dispatch.Find("Initialize")!.DispId);
    }

    [Fact]
    public void A_script_can_follow_the_documentation()
    {
        var context = new UccContext();
        Assert.Equal(HResults.Ok, Call(context, "AddProperty", 10000, "conversation").HResult);
        Assert.Equal(HResults.Ok, Call(context, "AddNamedProperty", "Participant", "bob").HResult);
        Assert.Equal(2, Call(context, "count").Value);

        // context.Property(10000).StringValue, context(2).Value
        var property = (DispatchObject)Call(context, "Property", 10000).Value!;
        Assert.Equal("conversation", Call(property, "StringValue").Value);
        Assert.Equal("bob", Call((DispatchObject)Call(context, "Item", 2).Value!, "Value").Value);
        Assert.Equal(true, Call(context, "IsNamedPropertySet", "Participant").Value);
        Assert.IsType<VariantEnumerator>(Call(context, "_NewEnum").Value);
    }

    [Fact]
    public void A_failure_reaches_a_script_with_its_number_and_a_sentence()
    {
        var result = Call(new UccPlatform(), "Shutdown");
        Assert.Equal(UccHResults.UCC_E_PLATFORM_NOT_INITIALIZED, result.Error!.HResult);
    }

    [Fact]
    public void A_script_reaches_the_members_of_sibling_interfaces()
    {
        var platform = new UccPlatform();
        Assert.Equal(HResults.Ok, Call(platform, "Initialize", "tests").HResult);
        Assert.Equal(false, Call(platform, "TracingEnabled").Value);
        Assert.Equal(HResults.Ok, Call(platform, "EnableTracing").HResult);
        Assert.Equal(true, Call(platform, "TracingEnabled").Value);
    }

    [Fact]
    public void Of_methods_with_one_name_the_arguments_decide()
    {
        var table = DispatchTable.Flatten([typeof(IUccConferenceSessionParticipant), typeof(IUccSessionParticipant)]);
        var member = table.Find("CreateParticipantEndpoint")!;
        var participant = new Participant();
        var context = new UccContext();
        var uri = new UccUriManager().ParseUri("sip:bob@example.com");
        foreach (var (expected, arguments) in ((string, object?[])[])
        [
            ("plain", [uri, "1", context]),
            ("plain", [uri, "1", Nothing.Value]),
            ("conference", [uri, "1", 2, context]),
        ])
        {
            var result = member.Invoke(participant, Read, DispatchArguments.Of(arguments));
            Assert.Equal((HResults.Exception, expected), (result.HResult, result.Error?.Message));
        }

        Assert.Equal(HResults.BadParameterCount, member.Invoke(participant, Read, DispatchArguments.Of(1, 2, 3, 4, 5)).HResult);
    }

    [Fact]
    public void A_script_waits_for_the_events_of_an_object()
    {
        var platform = new UccPlatform();
        Assert.Equal(Nothing.Value, Call(platform, "WaitForEvent", 0).Value);
        Call(platform, "Initialize", "tests");
        Call(platform, "Shutdown");
        var raised = (DispatchObject)Call(platform, "WaitForEvent", 90_000).Value!;
        Assert.Equal("OnShutdown", Call(raised, "Name").Value);
        Assert.Same(platform, Call(raised, "Source").Value);
        Assert.Equal(0, Call((DispatchObject)Call(raised, "Data").Value!, "StatusCode").Value);
        Assert.Equal(Nothing.Value, Call(platform, "WaitForEvent", 0).Value);
    }

    [Fact]
    public async Task One_sink_listens_to_every_event_interface_of_an_object_that_it_has()
    {
        var platform = new UccPlatform();
        var sink = new Sink();
        var put = platform.Dispatch.Find("Sink")!.Invoke(platform, DispatchKinds.PropertyPutRef, DispatchArguments.OfPut(sink));
        Assert.Equal(HResults.Ok, put.HResult);
        platform.Initialize("tests");
        platform.Shutdown();
        await sink.ShutDown.Task.WaitAsync(TimeSpan.FromSeconds(90));
    }

    private sealed class Sink : _IUccPlatformEvents
    {
        public TaskCompletionSource ShutDown { get; } = new();

        public void OnShutdown(IUccPlatform pEventSource, IUccOperationProgressEvent pEventData) => ShutDown.SetResult();

        public void OnIpAddrChange(IUccPlatform pEventSource, object pEventData)
        {
        }
    }

    private static DispatchResult Call(DispatchObject target, string name, params object?[] arguments) =>
        target.Dispatch.Invoke(target, target.Dispatch.Find(name)!.DispId, Read, DispatchArguments.Of(arguments));
}
