' two-people.vbs SERVER DOMAIN: alice and carol in one process, each with an application of her own.
Option Explicit
Dim alice, carol, message, text
On Error Resume Next
Set alice = CreateObject("ComIm.Application")
Set carol = CreateObject("ComIm.Application")
alice.SignIn "alice@" & WScript.Arguments(1), "secret-alice", WScript.Arguments(0), "tcp"
Check
carol.SignIn "carol@" & WScript.Arguments(1), "secret-carol", WScript.Arguments(0), "udp"
Check
text = "Gr" & ChrW(252) & ChrW(223) & "e, " & ChrW(19990) & ChrW(30028)
alice.SendMessage carol.Address, text
Check
Set message = carol.WaitForMessage(30000)
Check
If message Is Nothing Then
    WScript.Echo "two-people.vbs: failed: carol received nothing"
ElseIf message.Text = text And message.From = alice.Address And message.Direction = "Incoming" Then
    ' The default member of a message is its text.
    WScript.Echo "carol received: " & message
Else
    WScript.Echo "two-people.vbs: failed: carol received something else"
End If
If Not (carol.WaitForMessage(0) Is Nothing) Then WScript.Echo "two-people.vbs: failed: the message came twice"
alice.SignOut
carol.SignOut
Check
WScript.Echo "two-people.vbs: done"

Sub Check()
    If Err.Number <> 0 Then
        WScript.Echo "two-people.vbs: failed: " & Hex(Err.Number) & " " & Err.Description
        WScript.Quit 1
    End If
End Sub
