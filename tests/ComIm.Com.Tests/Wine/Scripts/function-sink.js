// function-sink.js SERVER ADDRESS PASSWORD PEER: a function gets each message, and no other event.
var calls = 0;
try {
    var a = WScript.Arguments;
    var app = new ActiveXObject("ComIm.Application");
    app.Sink = function (message) {
        calls++;
        WScript.Echo("called with " + message.Text);
    };
    app.SignIn(a(1), a(2), a(0));
    app.SendMessage(a(3), "one");
    app.WaitForMessage(90000);
    app.SignOut();
    WScript.Echo("calls " + calls);
    WScript.Echo("function-sink.js: done");
} catch (e) {
    WScript.Echo("function-sink.js: failed: " + (e.number >>> 0).toString(16) + " " + e.message);
}
