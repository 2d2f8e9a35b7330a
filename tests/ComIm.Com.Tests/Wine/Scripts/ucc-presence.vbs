' ucc-presence.vbs SERVER: what the UCC API has of presence, contacts, access levels and search, late bound. bob, who publishes
' and changes what he says when alice's note is "go", and carol, who watches alice, are elsewhere.
Option Explicit
Const SELF = 1
Dim platform, uris, endpoint, mine, me_, others, bob, e, item, copy_, found, index

Set platform = CreateObject("ComIm.UccPlatform")
Set uris = CreateObject("ComIm.UccUriManager")
On Error Resume Next
platform.Initialize "ucc-presence", Nothing
Set endpoint = platform.CreateEndpoint(1, uris.ParseUri("sip:alice@example.com"), "", Nothing)
endpoint.CredentialCache.SetCredential "*", endpoint.CredentialCache.CreateCredential("alice", "secret-alice", "")
Set endpoint.Server = endpoint.CreateSignalingServer(WScript.Arguments(0), 2)
endpoint.CreateSubscription Nothing
Expect "a subscription before Enable", &H80EE006D
endpoint.Enable Operation(1)
Demand "OnEnable", WaitFor(endpoint, "OnEnable").Data, 1

SubscribeToMyself
ShowSettings
Containers
Subscribers
WatchBob
PublishMyself
ContactsAndGroups
Search
LoseTheServer

endpoint.Disable Operation(90)
Set e = WaitFor(me_, "OnCategoryContextRemoved")
If e.Data.Context.Property(1).NumericValue <> 2 Then Wrong "the reason of a category's end at Disable"
Demand "OnDisable", WaitFor(endpoint, "OnDisable").Data, 90
If me_.CategoryContexts.Count <> 0 Then Wrong "categories are left after Disable"
platform.Shutdown Nothing
WaitFor platform, "OnShutdown"
WScript.Echo "ucc-presence.vbs: done"

Sub SubscribeToMyself
    On Error Resume Next
    Dim name
    Set mine = endpoint.CreateSubscription(Nothing)
    Check "CreateSubscription"
    Set me_ = mine.CreatePresentity(uris.ParseUri("sip:alice@example.com"), Nothing)
    If Not me_.IsSelf Or me_.SourceType <> 2 Or me_.Uri.User <> "alice" Then Wrong "the presentity of the user"
    me_.SubscriberContext = "words"
    If me_.SubscriberContext <> "words" Then Wrong "SubscriberContext"
    mine.Subscribe Nothing
    Expect "Subscribe to nothing", &H80EE0061
    For Each name In Array("contacts", "groups", "subscribers", "containers", "serverConfiguration", "meetingPolicy", "ucPolicy", "userProperties", "categories", "state")
        mine.AddCategoryName name
        Check "AddCategoryName " & name
    Next
    mine.AddCategoryName "contacts"
    Expect "a category twice", &H80EE00C0
    mine.RemoveCategoryName "state"
    mine.RemoveCategoryName "state"
    Expect "a category that is not there", &H80EE0058
    If mine.CategoryNames.Count <> 9 Then Wrong "CategoryNames " & mine.CategoryNames.Count
    mine.AddPresentity me_
    If mine.Presentities.Count <> 1 Then Wrong "Presentities"
    mine.Subscribe Operation(2)
    Check "Subscribe to oneself"
    Set e = WaitFor(mine, "OnSubscribe")
    If Not e.Data.IsComplete Or e.Data.OriginalOperationContext.OperationId <> 2 Or e.Data.Presentities.Count <> 1 Then Wrong "OnSubscribe"
    If e.Data.GetOperationInfo(me_).StatusCode <> 0 Then Wrong "GetOperationInfo"
    Used "IUccSubscriptionManager IUccSubscription _IUccSubscriptionEvents IUccSubscriptionEvent"
End Sub

Sub ShowSettings
    On Error Resume Next
    Dim settings
    Set settings = CategoryOf(me_, "serverConfiguration")
    If settings.FocusFactory.Value <> "sip:conference-factory@example.com" Then Wrong "FocusFactory " & settings.FocusFactory.Value
    If settings.AddressBookServerUrl(True) <> "" Or settings.IsDistributionGroupExpansionEnabled Or Not settings.QualityMonitoringServerUri Is Nothing Then Wrong "the server's settings"
    If settings.Name <> "serverConfiguration" Then Wrong "the settings are no category"
    Check "serverConfiguration"
    Used "IUccServerConfigurationCategory"
    Set item = CategoryOf(me_, endpoint.GetPresenceCategoryName(7)).CategoryInstances(0)(1)
    If item.Properties.NamedProperty("AllowIPAudio").StringValue <> "false" Then Wrong "meetingPolicy"
    If CategoryOf(me_, "userProperties").CategoryInstances(0)(1).Properties.NamedProperty("telephonyMode").Value <> "None" Then Wrong "userProperties"
    Check "the policies"
    Used "IUccProvisioningPolicyInstance"
End Sub

Sub Containers
    On Error Resume Next
    Dim levels, container, domain, user, received, member, who
    Set levels = CategoryOf(me_, "containers")
    If levels.CategoryInstances(SELF).Count <> 7 Then Wrong "containers " & levels.CategoryInstances(SELF).Count
    Set e = WaitFor(levels, "OnCategoryInstanceAdded")
    If e.Data.CategoryInstance.Id <> 0 Or e.Data.CategoryInstance.Members(1).Scope <> 5 Then Wrong "the default container"

    Set container = endpoint.CreateContainer(500)
    Set domain = endpoint.CreateContainerMember("example.com", 1)
    Set user = endpoint.CreateContainerMember("sip:bob@example.com", 0)
    If container.Id <> 500 Or domain.Scope <> 1 Or user.Uri <> "bob@example.com" Then Wrong "a container and its members"
    If domain.CompareTo(user) <> 1 Or user.CompareTo(domain) <> 2 Or user.CompareTo(user) <> 0 Then Wrong "CompareTo"
    container.AddMember domain
    container.AddMember domain
    Expect "a member twice", &H80EE00C0
    If WaitFor(container, "OnMemberAdded").Data.ContainerMember.Uri <> "example.com" Then Wrong "OnMemberAdded"
    If WaitFor(domain, "OnContainerAdded").Data.Container.Id <> 500 Then Wrong "OnContainerAdded"
    If Not domain.IsInContainer(500) Or domain.IsInContainer(400) Or domain.Containers.Count <> 1 Then Wrong "IsInContainer"
    If container.GetMembersWithScope(1).Count <> 1 Or container.GetMembersWithScope(0).Count <> 0 Then Wrong "GetMembersWithScope"
    Publish container, 1, 0
    Do
        Set received = WaitFor(levels, "OnCategoryInstanceAdded").Data.CategoryInstance
    Loop Until received.InstanceId = 500
    If received.Members.Count <> 1 Then Wrong "the members of what was published"
    received.AddMember user
    Expect "a change of what was received", &H80EE0061

    Set copy_ = received.CreatePublishableCategoryInstance
    copy_.AddMember user
    copy_.RemoveMember domain
    Publish copy_, 1, 0
    If WaitFor(received, "OnMemberRemoved").Data.ContainerMember.Uri <> "example.com" Then Wrong "OnMemberRemoved"
    If WaitFor(received, "OnMemberAdded").Data.ContainerMember.Uri <> "bob@example.com" Then Wrong "OnMemberAdded of what was received"
    Used "IUccContainer _IUccContainerEvents IUccContainerMember _IUccContainerMemberEvents"
    Used "IUccContainerMemberCollectionEvent IUccContainerMembershipEvent IUccCategoryInstance IUccCategoryInstanceEvent"

    Publish NoteOf("for few", 500), 1, 0
    Set who = uris.ParseUri("sip:bob@example.com")
    If levels.GetCategoryInstancesForUri(who, "note", 5)(1).Notes(1).Content.String <> "for few" Then Wrong "what bob sees"
    If levels.GetCategoryInstancesForUri(uris.ParseUri("sip:carol@example.com"), "note", 5).Count <> 0 Then Wrong "what carol sees"
    found = levels.TryFindContainerMember("bob@example.com", 0, 1, member)
    Check "TryFindContainerMember"
    If Not found Then Fail "bob is no member"
    If member.Scope <> 0 Or Not member.IsInContainer(500) Then Wrong "the exact member"
    found = member.TryGetContainerWithCategory("note", item)
    If Not found Or item.Id <> 500 Or item.GetCategoryInstances("note").Count <> 1 Then Wrong "TryGetContainerWithCategory"
    found = levels.TryFindContainerMember("bob@example.com", 0, 3, member)
    If Not found Or member.Scope <> 2 Then Wrong "the member that is not exact"
    If levels.TryFindContainerMember("carol@example.com", 0, 1, member) Then Wrong "a member who is none"
    Check "the members"
    Used "IUccContainerMembershipManager"
    Publish NoteOf("for few", 500), 2, 0

    ' Who is in the container of the blocked is blocked.
    found = levels.TryFindCategoryInstance(SELF, 32000, received)
    If Not found Then Fail "no container of the blocked"
    Set copy_ = received.CreatePublishableCategoryInstance
    copy_.AddMember endpoint.CreateContainerMember("dave@example.com", 0)
    Publish copy_, 1, 0
    If WaitFor(received, "OnMemberAdded").Data.ContainerMember.Uri <> "dave@example.com" Then Wrong "a blocked member"
    Set copy_ = received.CreatePublishableCategoryInstance
    copy_.RemoveMember copy_.Members(1)
    Publish copy_, 1, 0
    If received.Members.Count <> 0 Then Wrong "nobody is blocked any longer"
End Sub

Sub Subscribers
    On Error Resume Next
    Dim watchers
    Set watchers = NextCategory(me_, "subscribers")
    Set item = WaitFor(watchers, "OnCategoryInstanceAdded").Data.CategoryInstance
    If item.Uri.Host <> "example.com" Or item.SourceType <> 2 Or Not item.Acknowledged Then Wrong "a subscriber"
    Set copy_ = item.CreatePublishableCategoryInstance
    copy_.Acknowledged = True
    Publish copy_, 1, 0
    Used "IUccSubscriber"
End Sub

Sub WatchBob
    On Error Resume Next
    Dim name, state, note, nobody
    Set others = endpoint.CreateSubscription(Nothing)
    Set bob = others.CreatePresentity(uris.ParseUri("sip:bob@example.com"), Nothing)
    If bob.IsSelf Then Wrong "bob is not alice"
    bob.RefreshPresence Nothing
    Expect "RefreshPresence before Subscribe", &H80EE0061
    For Each name In Array("state", "note", "contactCard", "device", "services", "calendarData", "mood")
        others.AddCategoryName name
    Next
    others.AddPresentity bob
    others.Subscribe Operation(10)
    If WaitFor(others, "OnSubscribe").Data.GetOperationInfo(bob).StatusCode <> 0 Then Wrong "the subscription to bob"

    Set state = NextInstance(NextCategory(bob, "state"))
    If state.Availability <> 6500 Or state.Type <> 1 Or Not state.IsManual Or state.MeetingSubject <> "Plans" Then Wrong "bob's state " & state.Value
    If state.Activities.Count <> 1 Or state.Activities(1).Token <> "in-a-meeting" Or state.Activities(1).CustomStrings(1).String <> "Planning" Then Wrong "bob's activity"
    If state.Activities(1).CustomStrings(1).Lcid <> 1033 Then Wrong "the language of bob's activity"
    state.Availability = 3500
    Expect "a change of bob's state", &H80EE0061
    Set note = NextInstance(CategoryOf(bob, "note"))
    If note.Notes(1).Content.String <> "in the lab" Or note.Notes(1).Type <> 0 Then Wrong "bob's note"
    Used "IUccPresentity _IUccPresentityEvents IUccCategoryContext _IUccCategoryContextEvents IUccCategoryContextEvent"
    Used "IUccPresenceStateInstance IUccPresenceActivity IUccLocaleString IUccPresenceNoteInstance IUccPresenceNoteData"

    ShowCard NextInstance(CategoryOf(bob, "contactCard"))
    ShowDevice NextInstance(CategoryOf(bob, "device")), NextInstance(CategoryOf(bob, "services"))
    ShowCalendar NextInstance(CategoryOf(bob, "calendarData"))
    Set item = NextInstance(CategoryOf(bob, "mood"))
    If InStr(item.Value, "sunny") = 0 Or item.InstanceId <> 7 Or item.IsPublishedByLocalEndpoint Then Wrong "a category of bob's own: " & item.Value

    ' bob does something else, and takes his note back.
    Publish NoteOf("go", 0), 1, 0
    WaitFor state, "OnCategoryInstanceValueModified"
    If state.Availability <> 9500 Or state.Version < 2 Then Wrong "bob's next state " & state.Availability
    Set e = WaitFor(bob, "OnCategoryContextRemoved")
    If e.Data.CategoryContext.Name <> "note" Or e.Data.Context.Property(1).NumericValue <> 1 Then Wrong "the end of bob's note"
    Used "_IUccCategoryInstanceEvents"
    bob.RefreshPresence Nothing
    Check "RefreshPresence"

    Set nobody = others.CreatePresentity(uris.ParseUri("sip:nobody@example.com"), Nothing)
    others.AddPresentity nobody
    others.Query Operation(11)
    Set e = WaitFor(others, "OnQuery")
    If e.Data.GetOperationInfo(nobody).StatusCode <> &H80EF0194 Then Wrong "nobody's presence"
    If e.Data.GetOperationInfo(bob).StatusCode <> 0 Then Wrong "bob's presence, asked for once"
    others.RemovePresentity nobody
    others.Unsubscribe Operation(12)
    Set e = WaitFor(bob, "OnCategoryContextRemoved")
    If e.Data.Context.Property(1).NumericValue <> 2 Then Wrong "the reason of a category's end"
    If WaitFor(others, "OnUnsubscribe").Data.OriginalOperationContext.OperationId <> 12 Then Wrong "OnUnsubscribe"
    If bob.CategoryContexts.Count <> 0 Then Wrong "categories are left"
End Sub

Sub ShowCard(card)
    On Error Resume Next
    If card.Identity.DisplayName <> "Bob B." Or card.Identity.EmailAddresses(1) <> "bob@example.com" Then Wrong "the identity"
    If card.Company <> "Example" Or card.Title <> "Engineer" Or card.OfficeLocation <> "7" Or card.Department <> "Lab" Or card.IsAutomaton Then Wrong "the contact card"
    If card.Addresses(1).City <> "Springfield" Or card.Addresses(1).Type <> 1 Or card.Addresses(1).PostalCode <> "12345" Then Wrong "the address"
    If card.Phones(1).Url <> "tel:+15550100" Or card.Phones(1).Type <> 4 Then Wrong "the telephone"
    If card.Urls(1).Url <> "http://example.com/bob" Or card.Urls(1).Type <> 3 Then Wrong "the page"
    Check "the contact card"
    Used "IUccPresenceContactCardInstance IUccPresenceContactCardIdentity IUccPresenceContactCardAddress IUccPresenceContactCardPhone"
    Used "IUccPresenceContactCardUrl"
End Sub

Sub ShowDevice(device, services)
    On Error Resume Next
    Dim capability
    If device.MachineName <> "desk" Or device.CapabilitiesCollection.Count <> 1 Then Wrong "the device"
    If Not device.CapabilitiesCollection(1).Preferred Or device.CapabilitiesCollection(1).Uri <> "sip:bob@example.com" Then Wrong "the capabilities"
    Set capability = device.CapabilitiesCollection(1).CapabilityInfoCollection(1)
    If capability.Name <> "text" Or capability.CapabilityProperties.NamedProperty("canRender").StringValue <> "true" Then Wrong "the capability"
    If capability.CapabilityProperties.NamedProperty("canCapture").StringValue <> "false" Then Wrong "the other property"
    If services.ServiceElements(1).Uri <> "sip:bob@example.com" Then Wrong "the services"
    If services.ServiceElements(1).CapabilitiesCollection(1).CapabilityInfoCollection(1).Name <> "text" Then Wrong "the sum of the capabilities"
    Check "the device"
    Used "IUccPresenceDeviceInstance IUccPresenceCapabilities IUccPresenceCapabilityInfo IUccPresenceServicesInstance IUccPresenceServiceElement"
End Sub

Sub ShowCalendar(calendar)
    On Error Resume Next
    Dim hours
    If calendar.MailboxUri <> "bob@example.com" Or calendar.FreeBusyInformation.FreeBusyData <> "AAEC" Then Wrong "the calendar"
    If calendar.FreeBusyInformation.Granularity <> 15 Or Year(calendar.FreeBusyInformation.StartTime) <> 2026 Then Wrong "the times of the calendar"
    Set hours = calendar.WorkingHoursInformation
    If hours.TimeZoneBias <> -60 Or hours.TimeZoneInformation(0).Month <> 10 Or hours.TimeZoneInformation(0).Time <> 10800 Then Wrong "the time zone"
    If hours.WorkingHoursBlocks(1).ApplicableDays <> 62 Or hours.WorkingHoursBlocks(1).StartTime <> 540 Then Wrong "the working hours"
    Check "the calendar"
    Used "IUccPresenceCalendarDataInstance IUccPresenceFreeBusyInformation IUccPresenceWorkingHoursInformation"
    Used "IUccPresenceTimeZoneInformation IUccPresenceWorkingHoursBlock"
End Sub

Sub PublishMyself
    On Error Resume Next
    Dim state, activity, publication
    Set state = endpoint.CreatePublishableCategoryInstance("state", 0, 3, 1, 0)
    state.Type = 3
    state.Availability = 9500
    Set activity = state.CreateActivity
    activity.Token = "in-presentation"
    activity.SetAvailabilityRange 9000, 11999
    state.AddActivity activity
    state.PublicationOperation = 1
    Set publication = endpoint.CreatePublication
    publication.AddPublishableCategoryInstance state
    publication.AddPublishableCategoryInstance state
    Expect "an instance twice", &H80EE00C0
    publication.AddPublishableCategoryInstance NoteOf("on stage", 0)
    If publication.PublishableCategoryInstances.Count <> 2 Then Wrong "PublishableCategoryInstances"
    publication.Publish Operation(20)
    Demand "OnPublish", WaitFor(publication, "OnPublish").Data, 20
    publication.Publish Nothing
    Expect "a publication twice", &H80EE0061

    ' What was published is seen in the categories of one's own.
    Set item = NextInstance(NextCategory(me_, "state"))
    If item.Availability <> 9500 Or Not item.IsPublishedByLocalEndpoint Or item.Container.Id <> 0 Or item.InstanceId <> 3 Then Wrong "one's own state"
    Publish endpoint.CreatePublishableCategoryInstance("contacts", SELF, 0, 3, 0), 1, &H80EE0012
    Used "IUccPublicationManager IUccPublication _IUccPublicationEvent"
End Sub

Sub ContactsAndGroups
    On Error Resume Next
    Dim groups, contacts, group, contact
    Set item = endpoint.CreatePublishableCategoryInstance("groups", SELF, 0, 3, 0)
    item.Name = "Friends"
    item.GroupExtension = "<colour>red</colour>"
    Publish item, 1, 0
    Set groups = NextCategory(me_, "groups")
    Set group = NextInstance(groups)
    If group.Name <> "Friends" Or group.GroupExtension <> "<colour>red</colour>" Or group.Contacts.Count <> 0 Or group.GroupType <> 0 Then Wrong "the group"

    Set item = endpoint.CreatePublishableCategoryInstance("contacts", SELF, 0, 3, 0)
    Set item.Uri = uris.ParseUri("sip:bob@example.com")
    item.Name = "Bob"
    item.ContactExtension = "x"
    item.AddToGroup group
    Publish item, 1, 0
    Set contacts = NextCategory(me_, "contacts")
    Set contact = NextInstance(contacts)
    If contact.Name <> "Bob" Or contact.Uri.User <> "bob" Or contact.Groups(1).Name <> "Friends" Or contact.ContactExtension <> "x" Then Wrong "the contact"
    If WaitFor(group, "OnContactAdded").Data.Contact.Uri.User <> "bob" Then Wrong "OnContactAdded"
    contact.Name = "nobody"
    Expect "a change of the contact that was received", &H80EE0061

    Set copy_ = contact.CreatePublishableCategoryInstance
    copy_.Name = "Bobby"
    copy_.ExternalUri = "mailto:bob@example.com"
    copy_.ContactExtension = "y"
    copy_.RemoveFromGroup group
    Publish copy_, 1, 0
    WaitFor contact, "OnCategoryInstanceValueModified"
    WaitFor contact, "OnNameChanged"
    WaitFor contact, "OnExternalUriChanged"
    WaitFor contact, "OnContactExtensionChanged"
    If WaitFor(contact, "OnRemovedFromGroup").Data.Group.Name <> "Friends" Then Wrong "OnRemovedFromGroup"
    If WaitFor(group, "OnContactRemoved").Data.Contact.Uri.User <> "bob" Then Wrong "OnContactRemoved"
    If contact.Name <> "Bobby" Or contact.ExternalUri <> "mailto:bob@example.com" Or contact.Groups.Count <> 0 Then Wrong "the contact after its change"

    Set copy_ = group.CreatePublishableCategoryInstance
    copy_.AddContact contact
    copy_.Name = "Colleagues"
    copy_.GroupExtension = ""
    copy_.ExternalUri = "http://example.com/colleagues"
    Publish copy_, 1, 0
    WaitFor group, "OnNameChanged"
    WaitFor group, "OnExternalUriChanged"
    WaitFor group, "OnGroupExtensionChanged"
    WaitFor group, "OnContactAdded"
    If WaitFor(contact, "OnAddedToGroup").Data.Group.Name <> "Colleagues" Then Wrong "OnAddedToGroup"
    If groups.CategoryInstances(SELF).Count <> 1 Or group.Name <> "Colleagues" Then Wrong "the group under its new name"
    Publish group.CreatePublishableCategoryInstance, 2, 0
    If WaitFor(groups, "OnCategoryInstanceRemoved").Data.CategoryInstance.Name <> "Colleagues" Then Wrong "the end of the group"
    WaitFor contact, "OnRemovedFromGroup"
    Used "IUccContact _IUccContactEvents IUccContactCollectionEvent IUccGroup _IUccGroupEvents IUccGroupMembershipEvent"
End Sub

Sub Search
    On Error Resume Next
    Dim query, results
    Set item = endpoint.CreatePublishableCategoryInstance("contacts", SELF, 0, 3, 0)
    Set item.Uri = uris.ParseUri("sip:carol@example.com")
    item.Name = "Carol"
    Publish item, 1, 0
    Set query = endpoint.CreateQuery
    query.Execute Nothing
    Expect "a search for nothing", &H80EE0061
    query.SearchTerm("givenEmail") = "example.com"
    query.SearchPreference(0) = 1
    query.SearchDomain = "example.com"
    If query.SearchTerm("givenEmail") <> "example.com" Or query.SearchPreference(0) <> 1 Or query.SearchTerms <> "givenEmail" Then Wrong "the terms"
    query.Execute Operation(30)
    Set e = WaitFor(query, "OnExecute").Data
    Demand "OnExecute", e, 30
    If e.Results.Count <> 1 Or Not e.MoreAvailable Then Wrong "what was found first"
    query.SearchTerm("givenName") = "car"
    query.Execute Nothing
    Set e = WaitFor(query, "OnExecute").Data
    If e.MoreAvailable Or e.Results(1).Value(1) <> "Carol" Or e.Results(1).Value(9) <> "carol@example.com" Then Wrong "who was found"
    query.SearchDomain = "example.net"
    query.Execute Nothing
    If WaitFor(query, "OnExecute").Data.Results.Count <> 0 Then Wrong "who is elsewhere"
    Check "the search"
    Used "IUccUserSearchManager IUccUserSearchQuery _IUccUserSearchQueryEvents IUccUserSearchQueryEvent IUccUserSearchResultRecord"
End Sub

' The server goes and comes back when it reads this.
Sub LoseTheServer
    On Error Resume Next
    Publish NoteOf("restart", 0), 1, 0
    WaitFor endpoint, "OnPublicationRequired"
    Used "_IUccPublicationManagerEvents"
End Sub

Function NoteOf(text, container)
    Dim data
    Set NoteOf = endpoint.CreatePublishableCategoryInstance("note", container, 1, 3, 0)
    Set data = NoteOf.CreateNote(0)
    Set data.Content = data.CreateContent
    data.Content.String = text
    NoteOf.AddNote data
    Check "a note"
End Function

Sub Publish(instance, kind, status)
    On Error Resume Next
    Dim publication
    instance.PublicationOperation = kind
    Set publication = endpoint.CreatePublication
    publication.AddPublishableCategoryInstance instance
    publication.Publish Nothing
    Check "Publish"
    Set e = WaitFor(publication, "OnPublish")
    If e.Data.StatusCode <> status Then Wrong "OnPublish: &H" & Hex(e.Data.StatusCode) & " " & e.Data.StatusText
End Sub

' The category that is there.
Function CategoryOf(presentity, name)
    Dim category
    If Not presentity.TryFindCategoryContext(name, category) Then Fail "no category " & name
    Check "TryFindCategoryContext"
    Set CategoryOf = category
End Function

' The category whose coming is told.
Function NextCategory(presentity, name)
    Do
        Set NextCategory = WaitFor(presentity, "OnCategoryContextAdded").Data.CategoryContext
    Loop Until NextCategory.Name = name
End Function

Function NextInstance(category)
    Set NextInstance = WaitFor(category, "OnCategoryInstanceAdded").Data.CategoryInstance
    If NextInstance.CategoryContext.Name <> category.Name Then Wrong "the category of an instance"
    Check "an instance of " & category.Name
End Function

Function Operation(id)
    Set Operation = CreateObject("ComIm.UccOperationContext")
    Operation.Initialize id, Nothing
End Function

Function WaitFor(source, name)
    On Error Resume Next
    Dim next_
    Do
        Set next_ = source.WaitForEvent(90000)
        If Err.Number <> 0 Then Fail "wait for " & name & ": " & Err.Description
        If next_ Is Nothing Then Fail "no " & name
        If next_.Name = name Then Exit Do
    Loop
    Set WaitFor = next_
End Function

Sub Demand(what, progress, id)
    If Not progress.IsComplete Then Wrong what & " is not complete"
    If progress.StatusCode < 0 Then Fail what & ": &H" & Hex(progress.StatusCode) & " " & progress.StatusText
    If progress.OriginalOperationContext.OperationId <> id Then Wrong "the operation of " & what
End Sub

Sub Expect(what, number)
    If Err.Number <> number Then Wrong what & ": &H" & Hex(Err.Number) & " " & Err.Description
    If Err.Number <> 0 And Err.Description = "" Then Wrong what & ": no description"
    Err.Clear
End Sub

Sub Check(what)
    If Err.Number <> 0 Then Fail what & ": &H" & Hex(Err.Number) & " " & Err.Description
End Sub

' What has been used for its purpose, for the list of what there is.
Sub Used(names)
    Dim name
    Check names
    For Each name In Split(names)
        WScript.Echo "used: " & name
    Next
End Sub

Sub Wrong(what)
    WScript.Echo "wrong: " & what
End Sub

Sub Fail(why)
    WScript.Echo "ucc-presence.vbs: failed: " & why
    WScript.Quit 1
End Sub
