' The UCC API step by step as its documentation tells it, late bound: signs in, invites another person, says hello, waits
' for one answer, and leaves.
'
'   cscript //nologo ucc-chat.vbs SERVER ADDRESS PASSWORD PEER [TRANSPORT]
'   cscript //nologo ucc-chat.vbs 127.0.0.1:5060 sip:alice@example.com secret sip:bob@example.com 2
'
' TRANSPORT is 1 for UDP, 2 for TCP, 3 for TLS. The last line is "ucc-chat.vbs: done", or "ucc-chat.vbs: failed: ..." with
' exit code 1.
Option Explicit

Const UCCET_PRINCIPAL_SERVER_BASED = 1
Const UCCST_INSTANT_MESSAGING = 0
Const UCCAM_DIGEST = 2
Const UCCROTR_DECLINE = 603
Const CONVERSATION_ID = 10000

' A class with methods named as the events is a sink for all the events of the object that it is given to. It is called
' while the script waits.
Class SessionEvents
    Public Sub OnParticipantAdded(session, data)
        WScript.Echo "event: " & data.Participant.Uri.Value & " is in the session"
    End Sub

    Public Sub OnTerminate(session, data)
        WScript.Echo "event: the session has ended"
    End Sub
End Class

Dim server, address, password, peer, transport, platform, uris, endpoint, cache, context, session, participant, member, e
If WScript.Arguments.Count < 4 Then
    WScript.Echo "ucc-chat.vbs: failed: the arguments are SERVER ADDRESS PASSWORD PEER [TRANSPORT]"
    WScript.Quit 2
End If

server = WScript.Arguments(0)
address = WScript.Arguments(1)
password = WScript.Arguments(2)
peer = WScript.Arguments(3)
transport = 2
If WScript.Arguments.Count > 4 Then transport = CInt(WScript.Arguments(4))

On Error Resume Next
Set platform = CreateObject("ComIm.UccPlatform")
Check "create ComIm.UccPlatform"
platform.Initialize "ComIm sample", Nothing
Check "initialize the platform"
Set uris = CreateObject("ComIm.UccUriManager")
Check "create ComIm.UccUriManager"

' Every interface of an object is at hand at once: the endpoint is an IUccServerSignalingSettings and an
' IUccSessionManager as well.
Set endpoint = platform.CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, uris.ParseUri(address), "", Nothing)
Check "create an endpoint"
Set cache = endpoint.CredentialCache
cache.SetCredential "*", cache.CreateCredential(uris.ParseUri(address).User, password, "")
Check "set the credential"
endpoint.AllowedAuthenticationModes = UCCAM_DIGEST
Set endpoint.Server = endpoint.CreateSignalingServer(server, transport)
Check "set the server"
endpoint.Enable Nothing
Check "enable the endpoint"
Set e = WaitFor(endpoint, "OnEnable")
If e.Data.StatusCode < 0 Then Fail "sign in: &H" & Hex(e.Data.StatusCode) & " " & e.Data.StatusText
WScript.Echo "signed in: " & endpoint.Uri.Value

Set context = CreateObject("ComIm.UccContext")
context.AddProperty CONVERSATION_ID, "{5d1f4a4e-7c2b-4a52-9a53-0c7f0a6f5a11}"
Check "set the conversation's id"
Set session = endpoint.CreateSession(UCCST_INSTANT_MESSAGING, context)
Check "create a session"
Set session.Sink = New SessionEvents
Check "connect the sink"
Set participant = session.CreateParticipant(uris.ParseUri(peer), Nothing)
Check "create a participant"
session.AddParticipant participant, Nothing
Check "add the participant"
Set e = WaitFor(session, "OnAddParticipant")
If e.Data.StatusCode < 0 Then Fail "invite: &H" & Hex(e.Data.StatusCode) & " " & e.Data.StatusText

For Each member In session.Participants
    If Not member.IsLocal Then WScript.Echo "connected: " & member.Uri.Value & " (state " & member.State & ")"
Next

session.SendMessage "text/plain", "Hello from VBScript", Nothing
Check "send"
Set e = WaitFor(session, "OnSendMessage")
WScript.Echo "sent: " & Hex(e.Data.ParticipantResults(1).Result.StatusCode)
Set e = WaitFor(participant, "OnInstantMessageReceived")
WScript.Echo "received: " & e.Data.ParticipantEndpoint.Participant.Uri.Value & ": " & e.Data.Content

session.Terminate UCCROTR_DECLINE, Nothing
Check "leave"
Set e = WaitFor(session, "OnTerminate")
endpoint.Disable Nothing
Set e = WaitFor(endpoint, "OnDisable")
platform.Shutdown Nothing
Set e = WaitFor(platform, "OnShutdown")
Check "the end"
WScript.Echo "ucc-chat.vbs: done"

' The next event of that name; others of the object are passed over, sinks are called meanwhile.
Function WaitFor(source, name)
    Dim next_
    Do
        Set next_ = source.WaitForEvent(30000)
        If Err.Number <> 0 Then Fail "wait for " & name & ": " & Err.Description
        If next_ Is Nothing Then Fail "no " & name & " within 30 seconds"
        If next_.Name = name Then Exit Do
    Loop
    Set WaitFor = next_
End Function

Sub Check(what)
    If Err.Number <> 0 Then Fail what & ": &H" & Hex(Err.Number) & " " & Err.Description
End Sub

Sub Fail(why)
    WScript.Echo "ucc-chat.vbs: failed: " & why
    WScript.Quit 1
End Sub
