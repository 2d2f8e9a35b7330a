' ucc-errors.vbs SERVER UNUSED: provokes failures of the UCC API and prints "name|number|source|description" for those of a
' call, "name|number||text" for those that an event brings.
Option Explicit
Dim server, unused, platform, uris, endpoint, context, session, participant, operation, values(1)
server = WScript.Arguments(0)
unused = WScript.Arguments(1)
Set platform = CreateObject("ComIm.UccPlatform")
Set uris = CreateObject("ComIm.UccUriManager")
Set context = CreateObject("ComIm.UccContext")
Set operation = CreateObject("ComIm.UccOperationContext")

On Error Resume Next
platform.CreateEndpoint 1, uris.ParseUri("sip:alice@example.com"), "", Nothing
Report "before Initialize"
platform.Initialize "", Nothing
Report "an empty name"
platform.Initialize "errors", Nothing
platform.Initialize "errors", Nothing
Report "Initialize twice"
uris.ParseUri "nonsense"
Report "a bad URI"
uris.ParseUri "tel:"
Report "a bad telephone number"
context.AddProperty 1, values
Report "a bad property"
context.AddProperty 1, "text"
context(1).NumericValue = context(1).NumericValue
Report "the wrong view"
context.RemoveProperty 2
Report "no such property"
context.Nonsense
Report "no such member"
WScript.Echo operation.OperationId
Report "an operation without Initialize"

Set endpoint = Person("alice", "secret-alice", "")
endpoint.Enable Nothing
Report "no server"
Set endpoint.Server = endpoint.CreateSignalingServer(server, 7)
Report "a bad transport"
endpoint.AllowedAuthenticationModes = 1024
Report "a bad mode"

Set endpoint = Person("alice", "not the secret", server)
endpoint.Enable Nothing
ReportEvent "wrong password", WaitFor(endpoint, "OnEnable")
endpoint.Enable Nothing
Report "Enable after a failure"
Set endpoint = Person("alice", "secret-alice", unused)
endpoint.Enable Nothing
ReportEvent "nobody listening", WaitFor(endpoint, "OnEnable")
Set endpoint = Person("alice", "secret-alice", "nosuch.invalid")
endpoint.Enable Nothing
ReportEvent "unknown server", WaitFor(endpoint, "OnEnable")
endpoint.CreateSession 0, Nothing
Report "a session without an endpoint"

Set endpoint = Person("alice", "secret-alice", server)
endpoint.Enable Nothing
If WaitFor(endpoint, "OnEnable").Data.StatusCode < 0 Then Fail "sign in"
Set session = endpoint.CreateSession(0, Nothing)
session.CreateParticipant Nothing, Nothing
Report "no participant"
Set participant = session.CreateParticipant(uris.ParseUri("sip:nobody@example.com"), Nothing)
session.AddParticipant participant, Nothing
ReportEvent "unknown user", WaitFor(session, "OnAddParticipant")
session.Terminate 603, Nothing
session.SendMessage "text/plain", "too late", Nothing
Report "after Terminate"
Set session = endpoint.CreateSession(0, Nothing)
session.AddParticipant session.CreateParticipant(uris.ParseUri("sip:carol@example.com"), Nothing), Nothing
ReportEvent "not signed in", WaitFor(session, "OnAddParticipant")
endpoint.Disable Nothing
WaitFor endpoint, "OnDisable"
endpoint.CreateSession 0, Nothing
Report "after Disable"
platform.Shutdown Nothing
WaitFor platform, "OnShutdown"
platform.CreateEndpoint 1, uris.ParseUri("sip:alice@example.com"), "", Nothing
Report "after Shutdown"
WScript.Echo "ucc-errors.vbs: done"

Function Person(user, password, where)
    Set Person = platform.CreateEndpoint(1, uris.ParseUri("sip:" & user & "@example.com"), "", Nothing)
    Person.CredentialCache.SetCredential "*", Person.CredentialCache.CreateCredential(user, password, "")
    If where <> "" Then Set Person.Server = Person.CreateSignalingServer(where, 2)
    If Err.Number <> 0 Then Fail "an endpoint: " & Err.Description
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

Sub Report(name)
    WScript.Echo name & "|" & Hex(Err.Number) & "|" & Err.Source & "|" & Err.Description
    Err.Clear
End Sub

Sub ReportEvent(name, e)
    WScript.Echo name & "|" & Hex(e.Data.StatusCode) & "||" & e.Data.StatusText
    Err.Clear
End Sub

Sub Fail(why)
    WScript.Echo "ucc-errors.vbs: failed: " & why
    WScript.Quit 1
End Sub
