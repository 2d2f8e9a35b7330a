using ComIm.Com.Interop;
using ComIm.Com.Tests.UccApi.Sessions;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>Signaling channels, the search for people and the settings of diagnostics.</summary>
public sealed class ServiceTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void Channel_CarriesAPagerMessage_AndItsAnswer()
    {
        var (alice, bob) = (new UccPeer("alice", _server.Address).Enable(), new UccPeer("bob", _server.Address).Enable());
        var here = Open(alice, "bob");
        var there = Open(bob, "alice");
        bob.Events.Reaction = e => (e.Data as IUccIncomingSignalingMessageEvent)?.Reject(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_BUSY);

        here.SendRequest(Message("hello"), null!);

        var incoming = bob.Events.Take("OnIncomingMessage").As<IUccIncomingSignalingMessageEvent>();
        Assert.Equal("hello", incoming.Message.Body);
        Assert.Equal("red", ((IUccSignalingHeaderField)incoming.Message.FindHeaderFields("X-Colour")[1]).Value);
        var answer = alice.Events.TakeResult("OnSendRequest", unchecked((int)0x80EF01E6)).As<IUccOperationProgressEvent>();
        var response = (IUccSignalingResponse)answer.Properties.get_Property((int)UCC_OPERATION_PROGRESS_EVENT_CONTEXT.UCCOPEC_SIGNALING_RESPONSE).Value;
        Assert.Equal(486, response.StatusCode);
        GC.KeepAlive(there);
        alice.Shutdown();
        bob.Shutdown();
    }

    [Theory]
    [InlineData(UCC_SIGNALING_REQUEST_TYPE.UCCSRT_INVITE)]
    [InlineData(UCC_SIGNALING_REQUEST_TYPE.UCCSRT_REGISTER)]
    [InlineData(UCC_SIGNALING_REQUEST_TYPE.UCCSRT_UNKNOWN)]
    public void Channel_DoesNotCarryWhatIsTheStacksOwn(UCC_SIGNALING_REQUEST_TYPE type)
    {
        var alice = new UccPeer("alice", _server.Address).Enable();

        var failure = Assert.Throws<HResultException>(() => Open(alice, "bob").SendRequest(new UccSignalingRequest { RequestType = type }, null!));

        Assert.Equal(UccHResults.UCC_E_NOT_ALLOWED, failure.HResult);
        alice.Shutdown();
    }

    [Fact]
    public void Channel_DoesNotLetAHeaderOfTheStackBeForged()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        IUccSignalingRequest request = Message("x");
        request.AddHeaderField("From", "sip:carol@example.com");

        var failure = Assert.Throws<HResultException>(() => Open(alice, "bob").SendRequest(request, null!));

        Assert.Equal(UccHResults.UCC_E_NOT_ALLOWED, failure.HResult);
        alice.Shutdown();
    }

    [Fact]
    public void Participant_IsAChannelInsideTheSession()
    {
        var session = new ConnectedSession(_server);
        session.Alice.Events.Advise<_IUccSignalingChannelEvents>(session.BobSeenByAlice);
        session.Bob.Events.Advise<_IUccSignalingChannelEvents>(session.AliceSeenByBob);

        ((IUccSignalingChannel)session.BobSeenByAlice).SendRequest(
            new UccSignalingRequest { RequestType = UCC_SIGNALING_REQUEST_TYPE.UCCSRT_SERVICE, ContentType = "text/plain", Body = "ping" }, null!);

        Assert.Equal("ping", session.Bob.Events.Take("OnIncomingMessage").As<IUccIncomingSignalingMessageEvent>().Message.Body);
        session.Alice.Events.TakeSuccess("OnSendRequest");
        session.Close();
    }

    [Fact]
    public void Search_FindsContactsByNameAndAddress()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        AddContact(alice, "bob", "Bob");
        AddContact(alice, "carol", "Carol");
        var query = ((IUccUserSearchManager)alice.Endpoint).CreateQuery();
        alice.Events.Advise<_IUccUserSearchQueryEvents>(query);
        query.set_SearchTerm("givenEmail", TestServer.Domain);
        query.set_SearchPreference(UCC_USER_SEARCH_PREFERENCE.UCCUSP_MAX_MATCHES, 1);

        query.Execute(null!);
        var first = alice.Events.TakeSuccess("OnExecute").As<IUccUserSearchQueryEvent>();
        query.set_SearchTerm("givenName", "car");
        query.Execute(null!);
        var second = alice.Events.TakeSuccess("OnExecute").As<IUccUserSearchQueryEvent>();

        Assert.True(first.MoreAvailable);
        Assert.False(second.MoreAvailable);
        var found = (IUccUserSearchResultRecord)second.Results[1];
        Assert.Equal("Carol", found.get_Value(UCC_USER_SEARCH_COLUMN.UCCUSC_DISPLAYNAME));
        Assert.Equal($"carol@{TestServer.Domain}", found.get_Value(UCC_USER_SEARCH_COLUMN.UCCUSC_EMAIL));
        Assert.Equal("givenEmail,givenName", query.SearchTerms);
        alice.Shutdown();
    }

    [Fact]
    public void Search_WithoutATerm_Fails()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();

        var failure = Assert.Throws<HResultException>(() => ((IUccUserSearchManager)alice.Endpoint).CreateQuery().Execute(null!));

        Assert.Equal(UccHResults.UCC_E_INVALID_OBJECT_STATE, failure.HResult);
        alice.Shutdown();
    }

    [Fact]
    public void ReportingMethods_AreKept()
    {
        var alice = new UccPeer("alice", _server.Address);
        var settings = (IUccDiagnosticReportingSettings)alice.Endpoint;

        settings.EnableReportingMethods(UCC_DIAGNOSTIC_REPORTING_METHODS.UCCDRM_EVENT_LOGGING);
        var before = settings.IsReportingMethodEnabled(UCC_DIAGNOSTIC_REPORTING_METHODS.UCCDRM_EVENT_LOGGING);
        settings.DisableReportingMethods(UCC_DIAGNOSTIC_REPORTING_METHODS.UCCDRM_EVENT_LOGGING);

        Assert.True(before);
        Assert.False(settings.IsReportingMethodEnabled(UCC_DIAGNOSTIC_REPORTING_METHODS.UCCDRM_EVENT_LOGGING));
        alice.Shutdown();
    }

    private static UccSignalingRequest Message(string text)
    {
        var request = new UccSignalingRequest { RequestType = UCC_SIGNALING_REQUEST_TYPE.UCCSRT_MESSAGE, ContentType = "text/plain", Body = text };
        request.AddHeaderField("X-Colour", "red");
        return request;
    }

    private static IUccSignalingChannel Open(UccPeer peer, string user)
    {
        var channel = ((IUccSignalingChannelManager)peer.Endpoint).CreateSignalingChannel(
            ((IUccUriManager)new UccUriManager()).ParseUri($"sip:{user}@{TestServer.Domain}"));
        peer.Events.Advise<_IUccSignalingChannelEvents>(channel);
        return channel;
    }

    private static void AddContact(UccPeer peer, string user, string name)
    {
        var manager = (IUccPublicationManager)peer.Endpoint;
        var contact = (IUccContact)manager.CreatePublishableCategoryInstance(
            "contacts", UccConstants.UCC_SELF_CONTAINER_ID, 0, UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_STATIC, 0);
        contact.Uri = ((IUccUriManager)new UccUriManager()).ParseUri($"sip:{user}@{TestServer.Domain}");
        contact.Name = name;
        var publication = manager.CreatePublication();
        peer.Events.Advise<_IUccPublicationEvent>(publication);
        publication.AddPublishableCategoryInstance((IUccCategoryInstance)contact);
        publication.Publish(null!);
        peer.Events.TakeSuccess("OnPublish");
    }
}
