' two-people.vbs SERVER DOMAIN TEXT: alice and carol in one process, each with an application of her own. bob, who
' answers, gets the text too.
Option Explicit
Dim alice, carol, message, text
On Error Resume Next
Set alice = CreateObject("ComIm.Application")
Set carol = CreateObject("ComIm.Application")
alice.SignIn "alice@" & WScript.Arguments(1), "secret-alice", WScript.Arguments(0), "tcp"
Check "1"
carol.SignIn "carol@" & WScript.Arguments(1), "secret-carol", WScript.Arguments(0), "udp"
Check "2"
text = WScript.Arguments(2)
alice.SendMessage carol.Address, text
Check "3"
Set message = carol.WaitForMessage(90000)
Check "4"
If message Is Nothing Then
    WScript.Echo "two-people.vbs: failed: carol received nothing"
ElseIf message.Text = text And message.From = alice.Address And message.Direction = "Incoming" Then
    ' The default member of a message is its text.
    WScript.Echo "carol received: " & (message = text)
    WScript.Echo "facts: " & TypeName(message.Timestamp) & " " & message.StatusCode & " " & message.Status & " " & (Len(message.Id) > 0)
Else
    WScript.Echo "two-people.vbs: failed: carol received something else"
End If
If Not (carol.WaitForMessage(0) Is Nothing) Then WScript.Echo "two-people.vbs: failed: the message came twice"
alice.SendMessage "bob@" & WScript.Arguments(1), text
Check "to bob"
Set message = alice.WaitForMessage(90000)
WScript.Echo "bob answered: " & (message.Text = "You said: " & text)
alice.SignOut
carol.SignOut
Check "5"
WScript.Echo "two-people.vbs: done"

Sub Check(what)
    If Err.Number <> 0 Then
        WScript.Echo "two-people.vbs: failed: " & what & ": " & Hex(Err.Number) & " " & Err.Description
        WScript.Quit 1
    End If
End Sub
