' ucc-story.vbs SERVER USER@DOMAIN PASSWORD PEER TRANSPORT: the story of story.cpp late bound.
Option Explicit
Dim platform, uris, endpoint, cache, context, session, participant, third, incoming, peerParticipant, member, e, user, composing
Set platform = CreateObject("ComIm.UccPlatform")
Set uris = CreateObject("ComIm.UccUriManager")
On Error Resume Next
platform.Shutdown Nothing
Expect "before Initialize", &H80EE0025
platform.Initialize "ucc-story", Nothing
Check "Initialize"
Set endpoint = platform.CreateEndpoint(1, uris.ParseUri("sip:" & WScript.Arguments(1)), "", Nothing)
Check "CreateEndpoint"
user = Left(WScript.Arguments(1), InStr(WScript.Arguments(1), "@") - 1)
Set cache = endpoint.CredentialCache
cache.SetCredential "*", cache.CreateCredential(user, WScript.Arguments(2), "")
Check "SetCredential"
endpoint.AllowedAuthenticationModes = 2
Set endpoint.Server = endpoint.CreateSignalingServer(WScript.Arguments(0), CInt(WScript.Arguments(4)))
Check "Server"
endpoint.Enable Operation(1)
Check "Enable"
Set e = WaitFor(endpoint, "OnEnable")
Demand "OnEnable", e.Data, 1
If Not e.Source Is endpoint Then Wrong "the source of OnEnable"
WScript.Echo "signed in"

' Named properties, parameterised ones, chains, For Each and what is left out.
Set context = CreateObject("ComIm.UccContext")
context.AddProperty 10000, "{6a4b1d9e-6d0c-4a3e-9f4e-2d3b5c7a8f10}"
context.AddNamedProperty "note", 7
If context.Property(10000).StringValue <> "{6a4b1d9e-6d0c-4a3e-9f4e-2d3b5c7a8f10}" Then Wrong "Property(10000)"
If context.NamedProperty("note").NumericValue <> 7 Or context(2).Value <> 7 Or context.Count <> 2 Then Wrong "NamedProperty"
context.NamedProperty("note").BoolValue = True
If context(2).Value <> True Then Wrong "BoolValue"
Set session = endpoint.CreateSession(0, context)
Check "CreateSession"
WaitFor endpoint, "OnOutgoingSession"
Set participant = session.CreateParticipant(uris.ParseUri(WScript.Arguments(3)), Nothing)
Check "CreateParticipant"
session.AddParticipant participant, Operation(2)
Check "AddParticipant"
WaitFor session, "OnParticipantAdded"
WaitFor session, "OnParticipantAdded"
Set e = WaitFor(session, "OnAddParticipant")
Demand "OnAddParticipant", e.Data, 2
If participant.State <> 3 Then Wrong "State " & participant.State
Set e = WaitFor(participant, "OnStateChanged")
Do While e.Data.NewState <> 3
    Set e = WaitFor(participant, "OnStateChanged")
Loop

Set third = session.CreateParticipant(uris.ParseUri("sip:carol@example.com"), Nothing)
session.AddParticipant third
Expect "a third in a session of two", &H80EE005E

session.StartComposing Nothing
Check "StartComposing"
Send session, "Hello from VBScript", 3
composing = False
Receive participant, "You said: Hello from VBScript"
If Not composing Then Wrong "nobody typed"
session.Terminate 603, Operation(4)
Check "Terminate"
Set e = WaitFor(session, "OnTerminate")
Demand "OnTerminate", e.Data, 4
session.SendMessage "text/plain", "too late", Nothing
Expect "SendMessage after the end", &H80EE002A
WScript.Echo "left"

Set incoming = WaitFor(endpoint, "OnIncomingSession").Data
Set session = incoming.Session
If session.Participants.Count <> 2 Then Wrong "participants " & session.Participants.Count
For Each member In session.Participants
    If Not member.IsLocal Then Set peerParticipant = member
Next
If peerParticipant.Uri.AddressOfRecord <> incoming.Inviter.Uri.AddressOfRecord Then Wrong "the inviter"
incoming.Accept
Check "Accept"
WScript.Echo "accepted"
Receive peerParticipant, "Hello from the peer"
Send session, "Hello back", 5
WaitFor session, "OnTerminate"
WScript.Echo "the peer has left"

endpoint.Disable Operation(6)
Check "Disable"
Set e = WaitFor(endpoint, "OnDisable")
Demand "OnDisable", e.Data, 6
endpoint.Enable Nothing
If Err.Number = 0 Then Wrong "Enable after Disable"
Err.Clear
platform.Shutdown Operation(7)
Check "Shutdown"
Set e = WaitFor(platform, "OnShutdown")
Demand "OnShutdown", e.Data, 7
Set third = platform.CreateEndpoint(1, uris.ParseUri("sip:alice@example.com"), "", Nothing)
Expect "CreateEndpoint after Shutdown", &H80EE0027
WScript.Echo "ucc-story.vbs: done"

Function Operation(id)
    Set Operation = CreateObject("ComIm.UccOperationContext")
    Operation.Initialize id, Nothing
End Function

Sub Send(where, text, id)
    Dim sent
    where.SendMessage "text/plain", text, Operation(id)
    Check "SendMessage"
    Set sent = WaitFor(where, "OnSendMessage").Data
    If sent.OriginalOperationContext.OperationId <> id Then Wrong "the operation of OnSendMessage"
    If sent.ParticipantResults.Count <> 1 Or sent.ParticipantResults(1).Result.StatusCode < 0 Then Wrong "the result of OnSendMessage"
    WScript.Echo "sent: " & text
End Sub

Sub Receive(who, expected)
    Dim data
    Set data = WaitFor(who, "OnInstantMessageReceived").Data
    If Left(data.Content, Len(expected)) <> expected Then Wrong "the text is '" & data.Content & "'"
    WScript.Echo "received: " & data.ParticipantEndpoint.Participant.Uri.AddressOfRecord & ": " & expected
End Sub

Function WaitFor(source, name)
    Dim next_
    Do
        Set next_ = source.WaitForEvent(90000)
        If Err.Number <> 0 Then Fail "wait for " & name & ": " & Err.Description
        If next_ Is Nothing Then Fail "no " & name
        If next_.Name = "OnComposing" Then composing = True
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

Sub Wrong(what)
    WScript.Echo "wrong: " & what
End Sub

Sub Fail(why)
    WScript.Echo "ucc-story.vbs: failed: " & why
    WScript.Quit 1
End Sub
