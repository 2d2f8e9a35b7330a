using ComIm.Client;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>Categories of all kinds: who is shown what, when it ends, and what cannot be published.</summary>
public sealed class CategoryTests : TwoPeople
{
    private const string Mood = "<mood xmlns=\"urn:example\">sunny</mood>";

    private readonly ManualTimeProvider _time = new();
    protected override ImClientOptions? OptionsOfBob => new() { TimeProvider = _time };

    [Fact]
    public void OwnCategory_GoesAlong_AndChanges_AndGoes()
    {
        Publish(Bob, Create(Bob, "mood", Mood));
        Subscribe(Alice, "bob", out var events, "mood", "state");
        var mood = TakeAdded(events, "mood");
        Assert.Equal((Mood, 1), (mood.Value, mood.Version));
        Assert.Equal(3500, ((IUccPresenceStateInstance)TakeAdded(events, "state")).Availability);

        events.Advise<_IUccCategoryInstanceEvents>(mood);
        Publish(Bob, Create(Bob, "mood", Mood.Replace("sunny", "rainy", StringComparison.Ordinal)));
        Assert.Equal("OnCategoryInstanceValueModified", events.Take().Name);
        Assert.Contains("rainy", mood.Value, StringComparison.Ordinal);
        Assert.Equal(2, mood.Version);

        Publish(Bob, Create(Bob, "mood", Mood), UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_REMOVE);
        events.Take("OnCategoryInstanceRemoved");
        events.Take("OnCategoryContextRemoved");
    }

    [Fact]
    public void Category_ForFewerThanTheCompany_IsShownToNobody()
    {
        Publish(Bob, Create(Bob, "mood", Mood, container: 400), Create(Bob, "note", NoteOf("secret"), container: 32000), Create(Bob, "note", NoteOf("open"), container: 200));

        var presentity = Subscribe(Alice, "bob", out var events, "mood", "note");

        Assert.Equal("open", ((IUccPresenceNoteInstance)TakeAdded(events, "note")).Notes.Cast<IUccPresenceNoteData>().Single().Content.String);
        Assert.False(presentity.TryFindCategoryContext("mood", out _));
        Subscribe(Bob, "bob", out var own, "categories");
        Assert.Equal(400, TakeAdded(own, "mood").Container.Id);
    }

    [Fact]
    public void Category_ThatTimeEnds_GoesWhenItIsOver()
    {
        Publish(Bob, Create(Bob, "mood", Mood, expireType: UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_TIME, expireTime: 60));
        Subscribe(Alice, "bob", out var events, "mood");
        TakeAdded(events, "mood");

        _time.Advance(TimeSpan.FromSeconds(61));

        // A jump may end a request of the client's own that is still under way, and its connection with it; the clock heals that.
        events.Take("OnCategoryInstanceRemoved", _time);
    }

    [Fact]
    public void Categories_TooLong_AreRefused_AndTheNextAreNot()
    {
        var result = TryPublish(Bob, Create(Bob, "mood", $"<mood>{new string('x', 50_000)}</mood>"));
        Publish(Bob, Create(Bob, "mood", Mood));

        Assert.Equal(UccHResults.UCC_E_SIP_STATUS_CLIENT_REQUEST_ENTITY_TOO_LARGE, result);
    }

    [Fact]
    public void Contact_WithoutUri_EndsWithOnPublish()
    {
        Assert.Equal(UccHResults.UCC_E_INVALID_SIP_URL, TryPublish(Alice, Create(Alice, "contacts", null, UccConstants.UCC_SELF_CONTAINER_ID)));
        Assert.Equal(UccHResults.UCC_E_INVALID_SIP_URL, TryPublish(Alice, Create(Alice, "subscribers", null, UccConstants.UCC_SELF_CONTAINER_ID)));
    }

    [Fact]
    public void Blocked_SeesNothingAnyLonger()
    {
        Publish(Bob, Create(Bob, "note", NoteOf("hello")));
        var presentity = Subscribe(Alice, "bob", out var events, "note");
        TakeAdded(events, "note");
        var manager = (IUccPublicationManager)Bob.Endpoint;
        var container = manager.CreateContainer(32000);
        container.AddMember(manager.CreateContainerMember("alice@" + TestServer.Domain, UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER));

        Publish(Bob, (IUccCategoryInstance)container);

        events.Take("OnCategoryInstanceRemoved");
        events.Take("OnCategoryContextRemoved");
        Assert.Equal(0, presentity.CategoryContexts.Count);
    }

    [Fact]
    public void Disable_TakesTheCategoriesAwayFirst()
    {
        Publish(Bob, Create(Bob, "note", NoteOf("hello")));
        Subscribe(Alice, "bob", out var events, "note");
        TakeAdded(events, "note");
        Alice.Events.Reaction = e => Assert.True(e.Name != "OnDisable" || events.Take("OnCategoryInstanceRemoved").Name.Length > 0);

        Alice.Endpoint.Disable(null!);

        Alice.Events.TakeSuccess("OnDisable");
        Assert.Equal(2, events.Take("OnCategoryContextRemoved").As<IUccCategoryContextEvent>().Context.get_Property(1).NumericValue);
    }

    [Fact]
    public void Subscribe_ToOneOfTwoNamesLess_TakesItsCategoryAway()
    {
        Publish(Bob, Create(Bob, "note", NoteOf("hello")), Create(Bob, "mood", Mood));
        Subscribe(Alice, "bob", out var events, out var subscription, "note", "mood");
        TakeAdded(events, "note");
        TakeAdded(events, "mood");

        subscription.RemoveCategoryName("mood");
        subscription.Subscribe(null!);

        events.Take("OnCategoryInstanceRemoved");
        Assert.Equal("mood", events.Take("OnCategoryContextRemoved").As<IUccCategoryContextEvent>().CategoryContext.Name);
    }

    [Fact]
    public void Subscribe_ToNoSipAddress_FailsForItAlone()
    {
        Subscribe(Alice, "bob", out _, out var subscription, "state");
        var phone = subscription.CreatePresentity(((IUccUriManager)new UccUriManager()).ParseUri("tel:+15550100"), null!);
        subscription.AddPresentity(phone);

        subscription.Subscribe(null!);

        var result = Alice.Events.Take("OnSubscribe").As<IUccSubscriptionEvent>();
        Assert.Equal(UccHResults.UCC_E_INVALID_SIP_URL, result.GetOperationInfo(phone).StatusCode);
        Assert.Equal(0, result.GetOperationInfo((IUccPresentity)subscription.Presentities[1]).StatusCode);
    }

    private static string NoteOf(string text) => $"<note><body type=\"personal\">{text}</body></note>";

    private static IUccCategoryInstance Create(
        UccPeer peer, string category, string? value, int container = 0,
        UCC_CATEGORY_INSTANCE_EXPIRE_TYPE expireType = UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_STATIC, int expireTime = 0)
    {
        var instance = ((IUccPublicationManager)peer.Endpoint).CreatePublishableCategoryInstance(category, container, 1, expireType, expireTime);
        if (value != null)
        {
            instance.Value = value;
        }

        return instance;
    }

    private static void Publish(UccPeer peer, params IUccCategoryInstance[] instances) =>
        Assert.Equal(0, TryPublish(peer, instances));

    private static void Publish(UccPeer peer, IUccCategoryInstance instance, UCC_PUBLICATION_OPERATION_TYPE operation)
    {
        instance.PublicationOperation = operation;
        Publish(peer, instance);
    }

    private static int TryPublish(UccPeer peer, params IUccCategoryInstance[] instances)
    {
        var publication = ((IUccPublicationManager)peer.Endpoint).CreatePublication();
        var events = new Recorder();
        events.Advise<_IUccPublicationEvent>(publication);
        foreach (var instance in instances)
        {
            publication.AddPublishableCategoryInstance(instance);
        }

        publication.Publish(null!);
        return events.Take("OnPublish").As<IUccOperationProgressEvent>().StatusCode;
    }

    private static IUccPresentity Subscribe(UccPeer peer, string user, out Recorder events, params string[] names) =>
        Subscribe(peer, user, out events, out _, names);

    private static IUccPresentity Subscribe(UccPeer peer, string user, out Recorder events, out IUccSubscription subscription, params string[] names)
    {
        subscription = ((IUccSubscriptionManager)peer.Endpoint).CreateSubscription(null!);
        peer.Events.Advise<_IUccSubscriptionEvents>(subscription);
        Array.ForEach(names, subscription.AddCategoryName);
        var presentity = subscription.CreatePresentity(((IUccUriManager)new UccUriManager()).ParseUri($"sip:{user}@{TestServer.Domain}"), null!);
        var recorder = events = new Recorder();

        // As the documentation has it: to each category when it comes.
        events.Reaction = e =>
        {
            if (e.Data is IUccCategoryContextEvent added && e.Name == "OnCategoryContextAdded")
            {
                recorder.Advise<_IUccCategoryContextEvents>(added.CategoryContext);
            }
        };
        events.Advise<_IUccPresentityEvents>(presentity);
        subscription.AddPresentity(presentity);
        subscription.Subscribe(null!);
        Assert.Equal(0, peer.Events.Take("OnSubscribe").As<IUccSubscriptionEvent>().GetOperationInfo(presentity).StatusCode);
        return presentity;
    }

    private static IUccCategoryInstance TakeAdded(Recorder events, string name)
    {
        var taken = events.Take();
        while (taken.Data is not IUccCategoryInstanceEvent added || added.CategoryInstance.CategoryContext.Name != name)
        {
            taken = events.Take();
        }

        return taken.As<IUccCategoryInstanceEvent>().CategoryInstance;
    }
}
