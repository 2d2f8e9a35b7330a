' model.vbs SERVER DOMAIN: alice and carol in one script: events by Sink, an invitation that is rejected and one that is accepted,
' typing, HTML, presence and contacts.
Option Explicit
Dim alice, carol, events, start, hers, his, message, person, group, number

Class Handlers
    Public Conversation
    Public Seen
    Public Sub OnConversationAdded(added)
        Set Conversation = added
        Seen = Seen & "added,"
    End Sub
    Public Sub OnConversationStateChanged(changed, state, reason, oldState)
        Seen = Seen & oldState & ">" & state & "(" & reason & "),"
    End Sub
    Public Sub OnParticipantAdded(where, participant)
        Seen = Seen & "with " & participant.displayName & ","
    End Sub
    Public Sub OnMessageAdded(where, item)
        Seen = Seen & item.direction & " " & item.text & ","
    End Sub
    Public Sub OnTypingChanged(where, participant, isTyping)
        If isTyping Then Seen = Seen & participant.displayName & " types,"
    End Sub
End Class

On Error Resume Next
Set alice = CreateObject("ComIm.Application")
Set carol = CreateObject("ComIm.Application")
Set events = New Handlers
alice.conversationsManager.autoAccept = False
Set alice.Sink = events
alice.SignIn "alice@" & WScript.Arguments(1), "secret-alice", WScript.Arguments(0), "tcp"
carol.SignIn "carol@" & WScript.Arguments(1), "secret-carol", WScript.Arguments(0), "tcp"
Check "sign in"

Set hers = carol.conversationsManager.getConversation(alice.Address)
Set start = hers.chatService.start()
WaitUntilState "Notified"
events.Conversation.chatService.reject().wait 90000
Check "reject"
start.wait 90000
number = Err.Number
Err.Clear
Expect "start rejected", Hex(number), "80EF025B"
Expect "error of the promise", start.error.statusCode & " " & start.state, "603 Rejected"

Set start = hers.chatService.start()
WaitUntilState "Notified"
events.Conversation.chatService.accept().wait 90000
start.wait 90000
Check "accept"
hers.chatService.sendIsTyping().wait 90000
hers.chatService.sendMessage("<b>bold</b> words", "Html").wait 90000
Check "send"
Set message = alice.WaitForMessage(90000)
Expect "html", message.html & "|" & message.text & "|" & message.sender.displayName, "<b>bold</b> words|bold words|carol"
hers.leave().wait 90000
WaitUntilState "Disconnected"
For Each number In Array("added,", "with carol,", "Disconnected>Incoming(),", "Incoming>Disconnected(Refused),", "Incoming>Connected(),", "carol types,", "Incoming bold words,", "Connected>Disconnected(Terminated),")
    WaitUntilSeen number
Next

carol.personsAndGroupsManager.mePerson.status = "Busy"
carol.personsAndGroupsManager.mePerson.note.text = "counting"
Check "publish"
Set person = alice.personsAndGroupsManager.all.persons.add(carol.Address).wait(90000)
Check "add a contact"
Expect "status", person.status.get().wait(90000), "Busy"
Expect "note", person.note.text, "counting"
For Each group In alice.personsAndGroupsManager.all.persons
    Expect "contact", group.id, carol.Address
Next
alice.personsAndGroupsManager.all.persons.remove(person).wait 90000
Expect "contacts", alice.personsAndGroupsManager.all.persons.Count, 0
Expect "history", events.Conversation.historyService.activityItems.Count, 1
Check "people"
alice.SignOut
carol.SignOut
WScript.Echo "model.vbs: done"

' What happens is seen while the script waits.
Sub WaitUntilState(wanted)
    Dim i, state
    For i = 1 To 300
        state = ""
        If IsObject(events.Conversation) Then state = events.Conversation.selfParticipant.chat.state
        If state = wanted Then Exit Sub
        alice.wait 100
    Next
    Fail "waited in vain for " & wanted & ", it is " & state & "; " & events.Seen
End Sub

' A state is there before the event that tells of it.
Sub WaitUntilSeen(wanted)
    Dim i
    For i = 1 To 300
        If InStr(events.Seen, wanted) > 0 Then Exit Sub
        alice.wait 100
    Next
    Fail "the sink did not hear " & wanted & " but " & events.Seen
End Sub

Sub Expect(name, actual, wanted)
    Dim value
    value = actual
    If Err.Number <> 0 Then Fail name & ": " & Hex(Err.Number) & " " & Err.Description
    If value <> wanted Then Fail name & " is " & value & ", not " & wanted
End Sub

Sub Check(what)
    If Err.Number <> 0 Then Fail what & ": " & Hex(Err.Number) & " " & Err.Description
End Sub

Sub Fail(why)
    WScript.Echo "model.vbs: failed: " & why
    WScript.Quit 1
End Sub
