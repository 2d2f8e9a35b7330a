' Signs in, says hello to another person, waits for one answer and thanks for it.
'
'   cscript //nologo chat.vbs SERVER ADDRESS PASSWORD PEER [TRANSPORT]
'   cscript //nologo chat.vbs 127.0.0.1:5060 sip:alice@example.com secret sip:bob@example.com udp
'
' The last line is "chat.vbs: done", or "chat.vbs: failed: ..." with exit code 1.
Option Explicit

' A class with methods named as the events is a sink. It is called while the script is inside SignIn, SendMessage or
' WaitForMessage.
Class ChatEvents
    Public Sub OnMessageReceived(message)
        WScript.Echo "event: message from " & message.From
    End Sub

    Public Sub OnStateChanged(state)
        WScript.Echo "event: " & state
    End Sub
End Class

Dim transport, app, message
If WScript.Arguments.Count < 4 Then
    WScript.Echo "chat.vbs: failed: the arguments are SERVER ADDRESS PASSWORD PEER [TRANSPORT]"
    WScript.Quit 2
End If

transport = "udp"
If WScript.Arguments.Count > 4 Then transport = WScript.Arguments(4)

On Error Resume Next
Set app = CreateObject("ComIm.Application")
Check "create ComIm.Application"
Set app.Sink = New ChatEvents
Check "connect the sink"

app.SignIn WScript.Arguments(1), WScript.Arguments(2), WScript.Arguments(0), transport
Check "sign in"
WScript.Echo "signed in: " & app.Address & " (" & app.State & ")"

Set message = app.SendMessage(WScript.Arguments(3), "Hello from VBScript")
Check "send"
WScript.Echo "sent: " & message.Text & " (" & message.StatusCode & " " & message.Status & ")"

Set message = app.WaitForMessage(30000)
Check "wait"
If message Is Nothing Then Fail "nobody answered within 30 seconds"
WScript.Echo "received: " & message.From & ": " & message.Text

Set message = app.SendMessage(WScript.Arguments(3), "Thank you")
Check "send"
WScript.Echo "sent: " & message.Text & " (" & message.StatusCode & " " & message.Status & ")"

app.SignOut
Check "sign out"
WScript.Echo "chat.vbs: done"

Sub Check(what)
    If Err.Number <> 0 Then Fail what & ": &H" & Hex(Err.Number) & " " & Err.Description
End Sub

Sub Fail(why)
    WScript.Echo "chat.vbs: failed: " & why
    WScript.Quit 1
End Sub
