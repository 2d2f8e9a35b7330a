// throwing-sink.js SERVER ADDRESS PASSWORD PEER: the sink throws at each event; the script goes on.
var thrown = 0;
try {
    var a = WScript.Arguments;
    var app = new ActiveXObject("ComIm.Application");
    app.Sink = {
        OnMessageReceived: function (message) {
            thrown++;
            throw new Error("a bad sink");
        }
    };
    app.SignIn(a(1), a(2), a(0));
    app.SendMessage(a(3), "one");
    WScript.Echo("received " + app.WaitForMessage(90000).Text + ", thrown " + thrown);
    app.SendMessage(a(3), "two");
    WScript.Echo("received " + app.WaitForMessage(90000).Text + ", thrown " + thrown);
    app.Sink = null;
    app.SignOut();
    WScript.Echo("throwing-sink.js: done");
} catch (e) {
    WScript.Echo("throwing-sink.js: failed: " + (e.number >>> 0).toString(16) + " " + e.message);
}
