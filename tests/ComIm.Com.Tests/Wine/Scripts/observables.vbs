' observables.vbs SERVER ADDRESS PASSWORD PEER: properties, collections and promises as VBScript writes them.
Option Explicit
Dim app, conversation, log, promise, listener, item, bad, good, raised

' A class with a default method is a callback; it takes as many of the arguments as it declares.
Class Three
    Public Seen
    Public Default Sub Run(newValue, reason, oldValue)
        Seen = Seen & "[" & oldValue & ">" & newValue & "]"
    End Sub
End Class

Class One
    Public Seen
    Public Default Sub Run(newValue)
        Seen = Seen & "[" & newValue & "]"
    End Sub
End Class

Class None
    Public Calls
    Public Default Sub Run()
        Calls = Calls + 1
    End Sub
End Class

Class Twice
    Public Default Function Run(value)
        Run = value & value
    End Function
End Class

Class Throwing
    Public Default Sub Run(value)
        Err.Raise 1000, "Throwing", "a bad listener"
    End Sub
End Class

Class Failure
    Public Seen
    Public Default Sub Run(error)
        Seen = error.code & ": " & error.message
    End Sub
End Class

On Error Resume Next
Set app = CreateObject("ComIm.Application")
Set log = New Three
app.signInManager.state.changed log
app.signInManager.signIn(WScript.Arguments(1), WScript.Arguments(2), WScript.Arguments(0)).wait 90000
Check "sign in"
Expect "states", log.Seen, "[>SignedOut][SignedOut>SigningIn][SigningIn>SignedIn]"
Expect "state", app.signInManager.state, "SignedIn"
Expect "state()", app.signInManager.state(), "SignedIn"

Set conversation = app.conversationsManager.getConversation(WScript.Arguments(3))
Check "getConversation"
Expect "Count", conversation.participants.Count, 1
Expect "displayName", conversation.participants(0).displayName(), "bob"
Expect "by name", conversation.participants(WScript.Arguments(3)).person.id, WScript.Arguments(3)
For Each item In conversation.participants
    Expect "For Each", item.uri, WScript.Arguments(3)
Next
Expect "array", UBound(app.conversationsManager.conversations.get().wait(5000)), 0
Check "collections"

conversation.topic = "by put"
Expect "topic by put", conversation.topic, "by put"
conversation.topic.set("by set").wait 5000
Expect "topic by set", conversation.topic.value, "by set"
Check "topic"

Set promise = conversation.topic.get().then(New Twice)
Expect "then", promise.wait(5000), "by setby set"
Expect "promise.state", promise.state, "Fulfilled"
Check "promises"

Set item = New Failure
conversation.chatService.accept().then(Nothing, item).wait 5000
Check "handled"
Expect "failure", item.Seen, "NothingToAccept: Nobody asks for this conversation."
conversation.chatService.accept().wait 5000
raised = Hex(Err.Number) & " " & Err.Description
Err.Clear
Expect "raised", raised, "8000000E Nobody asks for this conversation."

Set good = New One
Set bad = conversation.topic.changed(New Throwing)
Set listener = conversation.topic.changed(good)
Set item = New None
conversation.topic.changed item
conversation.topic = "x"
app.wait 0
Expect "one argument", good.Seen, "[by set][x]"
Expect "no argument", item.Calls, 2
Expect "failed", bad.failed, 2
listener.dispose
conversation.topic = "y"
app.wait 0
Expect "disposed", good.Seen, "[by set][x]"
Check "listeners"
app.signInManager.signOut().wait 90000
Check "sign out"
WScript.Echo "observables.vbs: done"

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
    WScript.Echo "observables.vbs: failed: " & why
    WScript.Quit 1
End Sub
