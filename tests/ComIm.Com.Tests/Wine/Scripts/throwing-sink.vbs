' throwing-sink.vbs SERVER ADDRESS PASSWORD PEER: the sink raises an error at each event; the script goes on.
Option Explicit
Dim app, message, thrown
thrown = 0

Class BadEvents
    Public Sub OnMessageReceived(message)
        thrown = thrown + 1
        Err.Raise 1000, "BadEvents", "a bad sink"
    End Sub
End Class

On Error Resume Next
Set app = CreateObject("ComIm.Application")
Set app.Sink = New BadEvents
app.SignIn WScript.Arguments(1), WScript.Arguments(2), WScript.Arguments(0)
Check
app.SendMessage WScript.Arguments(3), "one"
Check
Set message = app.WaitForMessage(90000)
Check
WScript.Echo "received " & message.Text & ", thrown " & thrown
app.SendMessage WScript.Arguments(3), "two"
Set message = app.WaitForMessage(90000)
Check
WScript.Echo "received " & message.Text & ", thrown " & thrown
Set app.Sink = Nothing
Check
app.SignOut
WScript.Echo "throwing-sink.vbs: done"

Sub Check()
    If Err.Number <> 0 Then
        WScript.Echo "throwing-sink.vbs: failed: " & Hex(Err.Number) & " " & Err.Description
        WScript.Quit 1
    End If
End Sub
