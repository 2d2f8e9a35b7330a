using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>Presence by the UCC API as its documentation tells it: subscription, presentity, category, instance, publication.</summary>
public sealed class PresenceTests : TwoPeople
{
    [Fact]
    public void Publish_ThenSubscribe_BringsStateAndNote()
    {
        Publish(Bob, 6500, "in the lab", "in-a-meeting");

        var presentity = Subscribe(out var events);
        var state = TakeAdded<IUccPresenceStateInstance>(events, presentity, "state");
        var note = TakeAdded<IUccPresenceNoteInstance>(events, presentity, "note");

        Assert.Equal(6500, state.Availability);
        Assert.Equal(UCC_PRESENCE_STATE_TYPE.UCCPST_AGGREGATE_STATE, state.Type);
        Assert.Equal("in-a-meeting", state.Activities.Cast<IUccPresenceActivity>().Single().Token);
        Assert.Equal("in the lab", note.Notes.Cast<IUccPresenceNoteData>().Single().Content.String);
    }

    [Fact]
    public void Publish_Again_ModifiesTheInstance()
    {
        Publish(Bob, 3500, null);
        var presentity = Subscribe(out var events);
        var state = TakeAdded<IUccPresenceStateInstance>(events, presentity, "state");
        var modified = new Recorder();
        modified.Advise<_IUccCategoryInstanceEvents>(state);

        Publish(Bob, 9500, null);

        modified.Take("OnCategoryInstanceValueModified");
        Assert.Equal(9500, state.Availability);
        Assert.Equal(2, ((IUccCategoryInstance)state).Version);
    }

    [Fact]
    public void Unsubscribe_TakesTheCategoriesAway()
    {
        Publish(Bob, 3500, null);
        var presentity = Subscribe(out var events, out var subscription);
        TakeAdded<IUccPresenceStateInstance>(events, presentity, "state");

        subscription.Unsubscribe(null!);

        events.Take("OnCategoryContextRemoved");
        Assert.True(Alice.Events.Take("OnUnsubscribe").As<IUccSubscriptionEvent>().IsComplete);
        Assert.Equal(0, presentity.CategoryContexts.Count);
    }

    [Fact]
    public void Query_OfSomebodyUnknown_FailsForThem()
    {
        var subscription = ((IUccSubscriptionManager)Alice.Endpoint).CreateSubscription(null!);
        Alice.Events.Advise<_IUccSubscriptionEvents>(subscription);
        subscription.AddCategoryName("state");
        var nobody = subscription.CreatePresentity(Uri("nobody"), null!);
        subscription.AddPresentity(nobody);

        subscription.Query(null!);

        var result = Alice.Events.Take("OnQuery").As<IUccSubscriptionEvent>();
        Assert.Equal(unchecked((int)0x80EF0194), result.GetOperationInfo(nobody).StatusCode);
    }

    [Fact]
    public void Publication_IsPublishedOnce()
    {
        var publication = Publish(Bob, 3500, null);

        var failure = Assert.Throws<HResultException>(() => publication.Publish(null!));

        Assert.Equal(UccHResults.UCC_E_INVALID_OBJECT_STATE, failure.HResult);
    }

    [Fact]
    public void ReceivedInstance_IsReadOnly_AndItsCopyIsNot()
    {
        Publish(Bob, 3500, null);
        var presentity = Subscribe(out var events);
        var state = TakeAdded<IUccPresenceStateInstance>(events, presentity, "state");

        var failure = Assert.Throws<HResultException>(() => state.Availability = 9500);
        var copy = (IUccPresenceStateInstance)((IUccCategoryInstance)state).CreatePublishableCategoryInstance();
        copy.Availability = 9500;

        Assert.Equal(UccHResults.UCC_E_INVALID_OBJECT_STATE, failure.HResult);
        Assert.Equal((3500, 9500), (state.Availability, copy.Availability));
    }

    [Fact]
    public void Contact_PublishedAndRemoved_IsSeenInTheSelfSubscription()
    {
        var manager = (IUccSubscriptionManager)Alice.Endpoint;
        var subscription = manager.CreateSubscription(null!);
        Alice.Events.Advise<_IUccSubscriptionEvents>(subscription);
        subscription.AddCategoryName("contacts");
        subscription.AddCategoryName("groups");
        var self = subscription.CreatePresentity(Uri("alice"), null!);
        Assert.True(self.IsSelf);
        var events = new Recorder();
        events.Advise<_IUccPresentityEvents>(self);
        subscription.AddPresentity(self);
        subscription.Subscribe(null!);
        Alice.Events.Take("OnSubscribe");

        PublishContact(UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_ADD);
        var groups = events.Take("OnCategoryContextAdded").As<IUccCategoryContextEvent>().CategoryContext;
        var contacts = events.Take("OnCategoryContextAdded").As<IUccCategoryContextEvent>().CategoryContext;
        Assert.Equal(("groups", "contacts"), (groups.Name, contacts.Name));
        events.Advise<_IUccCategoryContextEvents>(contacts);
        var contact = contacts.get_CategoryInstances(UccConstants.UCC_SELF_CONTAINER_ID).Cast<IUccContact>().Single();
        Assert.Equal(("Bob", "Friends"), (contact.Name, contact.Groups.Cast<IUccGroup>().Single().Name));

        PublishContact(UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_REMOVE);
        events.Take("OnCategoryInstanceAdded");
        events.Take("OnCategoryInstanceRemoved");
    }

    [Fact]
    public void Category_OfMalformedXml_IsRefused()
    {
        var instance = ((IUccPublicationManager)Bob.Endpoint).CreatePublishableCategoryInstance(
            "note", 0, 0, UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_STATIC, 0);

        var failure = Assert.Throws<HResultException>(() => instance.Value = "<!DOCTYPE note [<!ENTITY e 'x'>]><note>&e;</note>");

        Assert.Equal(UccHResults.UCC_E_MALFORMED_XML, failure.HResult);
    }

    [Fact]
    public void Container_TellsItselfAndTheMember()
    {
        var manager = (IUccPublicationManager)Bob.Endpoint;
        var container = manager.CreateContainer(200);
        var domain = manager.CreateContainerMember(TestServer.Domain, UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_DOMAIN);
        var user = manager.CreateContainerMember("alice@" + TestServer.Domain, UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER);
        var events = new Recorder();
        events.Advise<_IUccContainerEvents>(container);
        events.Advise<_IUccContainerMemberEvents>(domain);

        container.AddMember(domain);

        Assert.Equal(["OnContainerAdded", "OnMemberAdded"], new[] { events.Take().Name, events.Take().Name }.Order());
        Assert.True(domain.IsInContainer(200));
        Assert.Equal(UCC_CONTAINER_MEMBER_COMPARE_RESULT.UCCCMCR_SUPERSET, domain.CompareTo(user));
        Assert.Equal(1, container.GetMembersWithScope(UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_DOMAIN).Count);
    }

    private static IUccUri Uri(string user) => ((IUccUriManager)new UccUriManager()).ParseUri($"sip:{user}@{TestServer.Domain}");

    private static T TakeAdded<T>(Recorder events, IUccPresentity presentity, string name)
    {
        Assert.Equal(name, events.Take("OnCategoryContextAdded").As<IUccCategoryContextEvent>().CategoryContext.Name);
        Assert.True(presentity.TryFindCategoryContext(name, out var category));
        return (T)category.get_CategoryInstances(UccConstants.UCC_DEFAULT_CONTAINER_ID)[1];
    }

    private static IUccPublication Publish(UccPeer peer, int availability, string? note, params string[] activities)
    {
        var manager = (IUccPublicationManager)peer.Endpoint;
        var publication = manager.CreatePublication();
        peer.Events.Advise<_IUccPublicationEvent>(publication);
        var state = manager.CreatePublishableCategoryInstance("state", 0, 1, UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_USER, 0);
        state.PublicationOperation = UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_ADD;
        var typed = (IUccPresenceStateInstance)state;
        typed.Type = UCC_PRESENCE_STATE_TYPE.UCCPST_USER_STATE;
        typed.Availability = availability;
        foreach (var token in activities)
        {
            var activity = typed.CreateActivity();
            activity.Token = token;
            typed.AddActivity(activity);
        }

        publication.AddPublishableCategoryInstance(state);
        if (note != null)
        {
            var notes = manager.CreatePublishableCategoryInstance("note", 0, 1, UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_STATIC, 0);
            var data = ((IUccPresenceNoteInstance)notes).CreateNote(UCC_PRESENCE_NOTE_TYPE.UCCPNT_PERSONAL);
            data.Content = data.CreateContent();
            data.Content.String = note;
            ((IUccPresenceNoteInstance)notes).AddNote(data);
            publication.AddPublishableCategoryInstance(notes);
        }

        publication.Publish(null!);
        peer.Events.TakeSuccess("OnPublish");
        return publication;
    }

    private void PublishContact(UCC_PUBLICATION_OPERATION_TYPE operation)
    {
        var manager = (IUccPublicationManager)Alice.Endpoint;
        var instance = manager.CreatePublishableCategoryInstance(
            "contacts", UccConstants.UCC_SELF_CONTAINER_ID, 0, UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_STATIC, 0);
        instance.PublicationOperation = operation;
        var contact = (IUccContact)instance;
        contact.Uri = Uri("bob");
        contact.Name = "Bob";
        var group = (IUccGroup)manager.CreatePublishableCategoryInstance(
            "groups", UccConstants.UCC_SELF_CONTAINER_ID, 0, UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_STATIC, 0);
        group.Name = "Friends";
        contact.AddToGroup(group);
        var publication = manager.CreatePublication();
        Alice.Events.Advise<_IUccPublicationEvent>(publication);
        publication.AddPublishableCategoryInstance(instance);
        publication.Publish(null!);
        Alice.Events.TakeSuccess("OnPublish");
    }

    private IUccPresentity Subscribe(out Recorder events) => Subscribe(out events, out _);

    private IUccPresentity Subscribe(out Recorder events, out IUccSubscription subscription)
    {
        subscription = ((IUccSubscriptionManager)Alice.Endpoint).CreateSubscription(null!);
        Alice.Events.Advise<_IUccSubscriptionEvents>(subscription);
        subscription.AddCategoryName("state");
        subscription.AddCategoryName("note");
        var presentity = subscription.CreatePresentity(Uri("bob"), null!);
        events = new Recorder();
        events.Advise<_IUccPresentityEvents>(presentity);
        subscription.AddPresentity(presentity);
        subscription.Subscribe(null!);
        var result = Alice.Events.Take("OnSubscribe").As<IUccSubscriptionEvent>();
        Assert.Equal(0, result.GetOperationInfo(presentity).StatusCode);
        return presentity;
    }
}
