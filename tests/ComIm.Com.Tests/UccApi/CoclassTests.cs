using System.Runtime.InteropServices.ComTypes;
using ComIm.Com.Interop;
using ComIm.Com.Tests.UccApi.Sessions;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi;

/// <summary>The classes of the core against the data: how each is reached, what it answers and what it tells.</summary>
public sealed class CoclassTests
{
    [Fact]
    public async Task Every_class_of_the_core_is_reached_and_answers_all_of_the_data()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var (name, instance) in Reach(server))
        {
            var coclass = UccCoclasses.All.Single(c => c.Name == name);
            foreach (var contract in coclass.Interfaces.Where(i => i != typeof(IDispatchRaw)))
            {
                Assert.True(contract.IsInstanceOfType(instance), $"{name} does not answer {contract.Name}.");
            }

            foreach (var source in coclass.Sources)
            {
                var id = source.GUID;
                ((IConnectionPointContainer)instance).FindConnectionPoint(ref id, out var point);
                point!.GetConnectionInterface(out var found);
                Assert.Equal(id, found);
            }

            var late = Assert.IsAssignableFrom<DispatchObject>(instance).Dispatch;
            Assert.All(coclass.Dispatch.Members, m => Assert.NotNull(late.Find(m.Name)));
        }
    }

    [Fact]
    public void Classes_that_CoCreateInstance_makes_can_be_made()
    {
        Type[] classes =
        [
            typeof(UccPlatform), typeof(UccUriManager), typeof(UccContext), typeof(UccOperationContext), typeof(UccPropertyCollection), typeof(UccSignalingRequest),
            typeof(UccSignalingResponse),
        ];
        Assert.All(classes, c => Assert.True(UccCoclasses.All.Single(d => d.Name == c.Name).IsCreatable));
        Assert.All(classes, c => Assert.NotNull(Activator.CreateInstance(c)));
    }

    private static List<(string Name, object Instance)> Reach(TestServer server)
    {
        var pair = new ConnectedSession(server);
        var data = new List<RecordedEvent>();
        pair.Text.StartComposing(null!);
        data.Add(pair.Bob.Events.Take("OnComposing"));
        pair.Text.SendMessage("text/plain", "hello", null!);
        pair.Bob.Events.Take("OnIdle");
        data.Add(pair.Bob.Events.Take("OnInstantMessageReceived"));
        var sent = pair.Alice.Events.Take("OnSendMessage");
        pair.Alice.Settings.FindServer("127.0.0.1", null!);
        data.Add(pair.Alice.Events.Take("OnFindServer"));
        var other = ((IUccSessionManager)pair.Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, null!);
        var outgoing = pair.Alice.Events.Take("OnOutgoingSession");
        pair.Alice.Events.AdviseAll(other);
        var participant = pair.Alice.CreateParticipant(other, "bob");
        participant.AddParticipantEndpoint(participant.CreateParticipantEndpoint(participant.Uri, "desk", null!), null!);
        var endpointAdded = pair.Alice.Events.Take("OnEndpointAdded");
        var progress = pair.Alice.Events.Take("OnAddParticipantEndpoint");
        other.AddParticipant(participant, null!);
        var added = pair.Alice.Events.Take("OnParticipantAdded");
        pair.Alice.Events.Take("OnParticipantAdded");
        var state = pair.Alice.Events.Take("OnStateChanged");
        var incoming = pair.Bob.Events.Take("OnIncomingSession");
        var credentials = pair.Alice.Settings.CredentialCache;
        List<(string, object)> reached =
        [
            ("UccPlatform", pair.Alice.Platform),
            ("UccServerEndpoint", pair.Alice.Endpoint),
            ("UccCredentialCache", credentials),
            ("UccCredential", credentials.DefaultCredential),
            ("UccUri", pair.Alice.Endpoint.Uri),
            ("UccContext", pair.Alice.Endpoint.Context),
            ("UccProperty", pair.Alice.Endpoint.Context[1]),
            ("UccInstantMessagingSession", pair.Session),
            ("UccInstantMessagingSessionParticipant", pair.BobSeenByAlice),
            ("UccInstantMessagingComposingEvent", data[0].Data),
            ("UccIncomingInstantMessageEvent", data[1].Data),
            ("UccFindServerEvent", data[2].Data),
            ("UccSessionOperationEvent", sent.Data),
            ("UccSessionParticipantOperationEvent", sent.As<IUccSessionOperationEvent>().ParticipantResults[1]),
            ("UccOutgoingSessionEvent", outgoing.Data),
            ("UccIncomingSessionEvent", incoming.Data),
            ("UccSessionParticipantEndpointCollectionEvent", endpointAdded.Data),
            ("UccOperationProgressEvent", progress.Data),
            ("UccSessionParticipantCollectionEvent", added.Data),
            ("UccSessionParticipantStateChangedEvent", state.Data),
        ];
        pair.Close();
        return reached;
    }
}
