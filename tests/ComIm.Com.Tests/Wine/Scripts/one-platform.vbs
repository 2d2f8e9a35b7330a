' Prints what a second platform of the same process says to being initialized, and what a third says after the end of the first.
Option Explicit
Dim first, second, third, uris
Set first = CreateObject("ComIm.UccPlatform")
Set second = CreateObject("ComIm.UccPlatform")
Set uris = CreateObject("ComIm.UccUriManager")
first.Initialize "one", Nothing

On Error Resume Next
second.Initialize "two", Nothing
WScript.Echo "second: " & Hex(Err.Number)
Err.Clear
WScript.Echo "endpoint: " & second.CreateEndpoint(1, uris.ParseUri("sip:alice@example.com"), "here", Nothing).Id
second.EnableTracing
WScript.Echo "tracing: " & first.TracingEnabled
first.Shutdown Nothing
second.Shutdown Nothing
WScript.Echo "shut down: " & Hex(Err.Number)
Err.Clear
Set third = CreateObject("ComIm.UccPlatform")
third.Initialize "three", Nothing
WScript.Echo "third: " & Hex(Err.Number)
WScript.Echo "one-platform.vbs: done"
