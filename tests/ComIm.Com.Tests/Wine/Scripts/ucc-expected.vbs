' ucc-expected.vbs SERVER REFUSING: what the UCC API has besides sessions of text, late bound: parameterised properties, For Each over every
' kind of collection, what is left out and what comes back by reference, results of every type, a sink, and an evaluator of the script's own.
Option Explicit
Const Game = "application/x-example-game"
Dim platform, uris, endpoint, channel, sink, evaluator, e, session

Class Evaluating
    Public Seen
    Public Function Evaluate(contentType, description)
        Seen = description
        Evaluate = (contentType = Game)
    End Function
End Class

Class ChannelEvents
    Public Body
    Public Sub OnIncomingMessage(source, data)
        Body = data.Message.Body
        data.Reject 486
    End Sub
End Class

Set uris = CreateObject("ComIm.UccUriManager")
On Error Resume Next
UseTraces
UseCollections
Set platform = Start("ucc-expected")
UseDiagnostics
UseMedia
Set endpoint = Person("alice", WScript.Arguments(0))
endpoint.Enable
Check "Enable with nothing passed"
If WaitFor(endpoint, "OnEnable").Data.StatusCode < 0 Then Fail "OnEnable"
UseTypes
UseConference

Set evaluator = New Evaluating
endpoint.RegisterSessionDescriptionEvaluator evaluator
Check "RegisterSessionDescriptionEvaluator"
UseChannel
TakeApplication
endpoint.UnregisterSessionDescriptionEvaluator
Check "UnregisterSessionDescriptionEvaluator"
endpoint.RegisterSessionDescriptionEvaluator Nothing
Expect "no evaluator", &H80070057
platform.Shutdown
WaitFor platform, "OnShutdown"
WScript.Echo "ucc-expected.vbs: done"

Sub UseTraces()
    Dim first, second
    Set first = Start("ucc-traced")
    first.DisableTracing
    If first.TracingEnabled Then Wrong "traced at the start"
    first.EnableTracing
    If Not first.TracingEnabled Then Wrong "not traced"
    Finish first
    Set second = Start("ucc-traced")
    If Not second.TracingEnabled Then Wrong "the trace is not remembered"
    second.DisableTracing
    Finish second
    Set first = Start("ucc-traced")
    If first.TracingEnabled Then Wrong "the end of the trace is not remembered"
    Finish first
End Sub

Sub UseCollections()
    Dim context, properties, p, text
    Set context = CreateObject("ComIm.UccContext")
    context.AddProperty 7, "seven"
    context.AddNamedProperty "eight", 8
    If context.Property(7).StringValue <> "seven" Or context.NamedProperty("eight").NumericValue <> 8 Then Wrong "parameterised properties"
    context.Property(7).Value = 77
    If context(1).Value <> 77 Or context.Item(1).Id <> 7 Then Wrong "the default member"
    For Each p In context
        text = text & p.Value & " "
    Next
    Set properties = CreateObject("ComIm.UccPropertyCollection")
    properties.AddProperty 1, True
    properties.AddProperty 2, context
    For Each p In properties
        text = text & p.Id & " "
    Next
    If Not properties.Property(2).ObjectValue Is context Then Wrong "an object in a property"
    For Each p In uris.ParseUri("sip:alice@example.com;transport=tcp;method=MESSAGE").Parameters
        text = text & p.Name & " "
    Next
    If text <> "77 8 1 2 transport method " Then Wrong "For Each: " & text
    Check "collections"
End Sub

Sub UseDiagnostics()
    Dim refused, progress, info, code, text
    Set refused = Person("bob", WScript.Arguments(1))
    refused.Enable Nothing
    Set progress = WaitFor(refused, "OnEnable").Data
    If progress.StatusCode <> &H80EF0193 Then Wrong "refused with &H" & Hex(progress.StatusCode)
    For Each info In progress.Properties.Property(365569).Value
        text = text & info.Type & " " & info.Code & " " & info.Source & " " & info.Text & ";"
        For Each code In info.SubCodes
            text = text & code & ";"
        Next
    Next
    If text <> "0 1007 sip.example.com Too many devices;12;3 399 sip.example.com Come again, later;" Then Wrong "diagnostics: " & text
    If progress.Properties.Property(365569).Value(1).Properties.NamedProperty("reason").Value <> "Too many devices" Then Wrong "a parameter"
    Check "diagnostics"
End Sub

Sub UseMedia()
    Dim device
    On Error Resume Next
    For Each device In platform.GetDevices(1, 1)
        Wrong "a device"
    Next
    If platform.GetDevices(2, 2).Count <> 0 Then Wrong "devices"
    platform.GetRecommendedDevice 1, 1, 1
    Expect "GetRecommendedDevice", &H80EE006E
    platform.InvokeTuningWizard 0
    Expect "InvokeTuningWizard with what is optional left out", &H80EE006E
End Sub

Sub UseTypes()
    Dim query, credential, low, high, contact, group, text
    Set query = endpoint.CreateQuery
    query.SearchTerm("givenName") = "bob"
    query.SearchPreference(1) = 5
    If query.SearchTerm("givenName") <> "bob" Or query.SearchPreference(1) <> 5 Then Wrong "properties with parameters that are set"
    Typed "an unsigned number", query.SearchPreference(1), vbLong
    Typed "an enumeration", endpoint.Type, vbLong
    Typed "a text", endpoint.Id, vbString
    Typed "a boolean", endpoint.IsReportingMethodEnabled(1), vbBoolean
    If Not endpoint.CredentialCache.TryGetCredential("*", credential) Then Wrong "TryGetCredential"
    If credential.UserName <> "alice" Then Wrong "what comes back by reference"
    endpoint.SetMediaPortRange 4000, 4100
    endpoint.GetMediaPortRange low, high
    If low <> 4000 Or high <> 4100 Then Wrong "numbers that come back by reference: " & low & " " & high
    Set contact = endpoint.CreatePublishableCategoryInstance("contacts", 1, 0, 3, 0)
    Set group = endpoint.CreatePublishableCategoryInstance("groups", 1, 0, 3, 0)
    group.Name = "friends"
    contact.AddToGroup group
    For Each group In contact.Groups
        text = text & group.Name
    Next
    If text <> "friends" Then Wrong "For Each over a list: " & text
    Check "types"
End Sub

Sub UseConference()
    Dim manager, information, conference, view, entity, text
    Set manager = endpoint.CreateConferenceManagerSession(uris.ParseUri("sip:conference-factory@example.com"))
    Set information = manager.CreateConferenceInformation
    information.Properties.AddProperty 1442817, "the plan"
    manager.ScheduleConference information
    If WaitFor(manager, "OnScheduleConference").Data.StatusCode < 0 Then Fail "OnScheduleConference"
    Set conference = endpoint.CreateSession(2, Nothing)
    Set view = conference.Properties.Property(1020941).Value
    conference.Enter information.ConferenceUri
    WaitFor view, "OnEntityViewAdded"
    For Each entity In view.Entities
        text = text & entity.Type & " " & entity.Properties.Property(1153026).Value.Property(1213441).Value & ";"
    Next
    If text <> "1 the plan;4 the plan;" Then Wrong "the view: " & text
    conference.Leave
    WaitFor conference, "OnLeave"
    conference.Terminate 480
    WaitFor conference, "OnTerminate"
    Check "conference"
End Sub

Sub UseChannel()
    Dim request, answer, field, count
    Set channel = endpoint.CreateSignalingChannel(uris.ParseUri("sip:bob@example.com"))
    Set sink = New ChannelEvents
    Set channel.Sink = sink
    Set request = CreateObject("ComIm.UccSignalingRequest")
    request.RequestType = 6
    request.ContentType = "text/plain"
    request.Body = "hello"
    request.AddHeaderField("X-Colour", "red").AddParameter "shade", "dark"
    channel.SendRequest request
    Check "SendRequest with what is optional left out"
    Set answer = WaitFor(channel, "OnSendRequest").Data.Properties.Property(365572).Value
    Typed "a short number", answer.StatusCode, vbInteger
    If answer.StatusCode <> 200 Then Wrong "the answer " & answer.StatusCode
    For Each field In answer.HeaderFields
        If field.Name = "CSeq" Then count = count + 1
    Next
    If count <> 1 Then Wrong "header fields"
    WaitFor channel, "OnIncomingMessage"
    If sink.Body <> "hello back" Then Wrong "the sink has heard '" & sink.Body & "'"
    Check "channel"
End Sub

Sub TakeApplication()
    Dim incoming, inviter, invitation
    Set incoming = WaitFor(endpoint, "OnIncomingSession").Data
    If evaluator.Seen <> "board=4x4" Then Wrong "the evaluator has seen '" & evaluator.Seen & "'"

    ' The events of an object are kept from when the script has it.
    Set inviter = incoming.Inviter
    If inviter.IsLocal Then Wrong "the inviter"
    incoming.Accept
    Set session = incoming.Session
    If session.Type <> 3 Then Wrong "the type of the session"
    Set invitation = WaitFor(inviter, "OnIncomingInvitation").Data
    If invitation.RemoteSessionDescription <> "board=4x4" Then Wrong "the description"
    invitation.LocalSessionDescription = "colour=white"
    invitation.Accept
    WaitFor session, "OnTerminate"
    Check "application"
End Sub

Function Start(name)
    Set Start = CreateObject("ComIm.UccPlatform")
    Start.Initialize name
    Check "Initialize"
End Function

Sub Finish(where)
    where.Shutdown
    WaitFor where, "OnShutdown"
End Sub

Function Person(user, server)
    Set Person = platform.CreateEndpoint(1, uris.ParseUri("sip:" & user & "@example.com"), "", Nothing)
    Person.CredentialCache.SetCredential "*", Person.CredentialCache.CreateCredential(user, "secret-" & user, "")
    Set Person.Server = Person.CreateSignalingServer(server, 2)
    Check "an endpoint"
End Function

Function WaitFor(source, name)
    Dim next_
    Do
        Set next_ = source.WaitForEvent(90000)
        If Err.Number <> 0 Then Fail "wait for " & name & ": " & Err.Description
        If next_ Is Nothing Then Fail "no " & name
        If next_.Name = name Then Exit Do
    Loop
    Set WaitFor = next_
End Function

Sub Typed(what, value, expected)
    If VarType(value) <> expected Then Wrong what & " is of type " & VarType(value)
End Sub

Sub Expect(what, number)
    If Err.Number <> number Then Wrong what & ": &H" & Hex(Err.Number) & " " & Err.Description
    Err.Clear
End Sub

Sub Check(what)
    If Err.Number <> 0 Then Fail what & ": &H" & Hex(Err.Number) & " " & Err.Description
End Sub

Sub Wrong(what)
    WScript.Echo "wrong: " & what
End Sub

Sub Fail(why)
    WScript.Echo "ucc-expected.vbs: failed: " & why
    WScript.Quit 1
End Sub
