' Begins a chat with one person, adds another, writes to both and leaves: the conversation sample of the Skype Web SDK
' ("Escalating a P2P Chat Conversation") in VBScript.
'
'   cscript //nologo escalation.vbs SERVER ADDRESS PASSWORD PERSON OTHERPERSON
'   cscript //nologo escalation.vbs 127.0.0.1:5060 sip:alice@example.com secret sip:bob@example.com sip:carol@example.com
'
' The last line is "escalation.vbs: done", or "escalation.vbs: failed: ..." with exit code 1.
Option Explicit

' Callbacks. A class with a default method is one; in Windows Script Host GetRef("NameOfASub") is another. They are called
' while the script waits: in promise.wait, app.wait and the calls that wait for the network.
Class Connected
    Public Default Sub Run()
        WScript.Echo "Connected to chat"
        seenConnected = True
    End Sub
End Class

Class Joined
    Public Default Sub Run(person)
        WScript.Echo person.displayName & " has joined the conversation"
        seenPeople = seenPeople & person.uri & " "
    End Sub
End Class

Class Arrived
    Public Default Sub Run(item)
        WScript.Echo item.sender.displayName & " (" & item.direction & "): " & item.text
        seenMessages = seenMessages + 1
    End Sub
End Class

Class StateChanged
    Public Default Sub Run(newValue, reason, oldValue)
        If newValue = "Disconnected" And (oldValue = "Connected" Or oldValue = "Connecting") Then
            WScript.Echo "Conversation ended"
            seenEnded = True
        End If
    End Sub
End Class

Dim seenConnected, seenPeople, seenMessages, seenEnded
Dim app, conversation, listeners(3), listener, person, otherPerson
If WScript.Arguments.Count < 5 Then
    WScript.Echo "escalation.vbs: failed: the arguments are SERVER ADDRESS PASSWORD PERSON OTHERPERSON"
    WScript.Quit 2
End If

seenMessages = 0
person = WScript.Arguments(3)
otherPerson = WScript.Arguments(4)
On Error Resume Next
Set app = CreateObject("ComIm.Application")
app.signInManager.signIn(WScript.Arguments(1), WScript.Arguments(2), WScript.Arguments(0)).wait 30000
Check "sign in"

' 1. Initiate a conversation with a person and start chat
Set conversation = app.conversationsManager.getConversation(person)
Set listeners(0) = conversation.selfParticipant.chat.state.when("Connected", New Connected)
Set listeners(1) = conversation.participants.added(New Joined)
Set listeners(2) = conversation.chatService.messages.added(New Arrived)
Set listeners(3) = conversation.state.changed(New StateChanged)
Check "listen"
conversation.chatService.start().wait 30000
Check "start"

' 2. Add participant to the established P2P conversation
conversation.chatService.sendMessage("Hello, shall we ask " & otherPerson & " as well?").wait 30000
Check "send to one"
conversation.participants.add(otherPerson).wait 30000
Check "add"
For Each listener In conversation.participants
    WScript.Echo "Participant: " & listener.displayName & " (" & listener.state & ")"
Next
WScript.Echo "Group: " & CBool(conversation.isGroupConversation) & ", others: " & conversation.participantsCount

' 3. Send messages to the group
conversation.chatService.sendMessage("Hello to all of you").wait 30000
Check "send to all"

' 4. End the conversation
conversation.leave().wait 30000
Check "leave"
For Each listener In listeners
    If listener.failed > 0 Then Fail "a listener: " & listener.lastError
    listener.dispose
Next
app.signInManager.signOut().wait 30000
Check "sign out"
If Not seenConnected Then Fail "never connected"
If InStr(seenPeople, person) = 0 Or InStr(seenPeople, otherPerson) = 0 Then Fail "not everybody joined: " & seenPeople
If Not seenEnded Then Fail "never ended"
WScript.Echo "Messages: " & seenMessages
WScript.Echo "escalation.vbs: done"

Sub Check(what)
    If Err.Number <> 0 Then Fail what & ": &H" & Hex(Err.Number) & " " & Err.Description
End Sub

Sub Fail(why)
    WScript.Echo "escalation.vbs: failed: " & why
    WScript.Quit 1
End Sub
