' errors.vbs SERVER DOMAIN PASSWORD UNUSED: provokes each failure and prints "name|number|source|description".
Option Explicit
Dim app, server, domain, password, unused
server = WScript.Arguments(0)
domain = WScript.Arguments(1)
password = WScript.Arguments(2)
unused = WScript.Arguments(3)
Set app = CreateObject("ComIm.Application")

On Error Resume Next
app.SendMessage "sip:bob@" & domain, "hello"
Report "not signed in"
app.SignIn "sip:alice@" & domain, "not the secret", server
Report "wrong password"
app.SignIn "sip:alice@" & domain, password, "nosuch.invalid"
Report "unknown server"
app.SignIn "sip:alice@" & domain, password, unused, "tcp"
Report "nobody listening"
app.SignIn "alice", password, server
Report "bad address"
If app.State <> "SignedOut" Then WScript.Echo "errors.vbs: failed: state is " & app.State

app.SignIn "sip:alice@" & domain, password, server
If Err.Number <> 0 Then WScript.Echo "errors.vbs: failed: sign in: " & Err.Description
app.SendMessage "sip:nobody@" & domain, "hello"
Report "unknown callee"
app.SignOut
WScript.Echo "errors.vbs: done"

Sub Report(name)
    WScript.Echo name & "|" & Hex(Err.Number) & "|" & Err.Source & "|" & Err.Description
    Err.Clear
End Sub
