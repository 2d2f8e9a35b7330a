Attribute VB_Name = "Main"
' Run Main from the editor of any Office application, or as the start of a VB6 program, with "comim serve" beside it.
Option Explicit

Private chat As chat

Public Sub Main()
    Set chat = New chat
    chat.Begin "127.0.0.1:5060", "sip:alice@example.com", "secret", "sip:bob@example.com"
    chat.Invite "sip:carol@example.com"
    chat.Say "Hello to both of you"
    chat.Busy "in a meeting", "sip:bob@example.com"
End Sub

Public Sub EndChat()
    chat.Finish
    Set chat = Nothing
End Sub

' The short way, without events: one message, and one answer within ten seconds.
Public Sub SayHello()
    Dim app As New ComIm.Application
    Dim answer As ComIm.IComImMessage
    app.SignIn "sip:alice@example.com", "secret", "127.0.0.1:5060"
    app.SendMessage "sip:bob@example.com", "Hello"
    Set answer = app.WaitForMessage(10000)
    If Not answer Is Nothing Then Debug.Print answer.From & ": " & answer.Text
    app.SignOut
End Sub
