// Signs in, says hello to another person and waits for one answer, which comes in both ways: as an event and by polling.
//
//   cscript //nologo chat.js SERVER ADDRESS PASSWORD PEER [TRANSPORT]
//
// The last line is "chat.js: done", or "chat.js: failed: ..." with exit code 1.

var received = 0;

// Sink connects the object to the application's own IConnectionPoint, so it works in every host; in Windows Script Host
// WScript.ConnectObject(app, "app_") does the same. Events come while the script is inside a call that waits.
var events = {
    OnMessageReceived: function (message) {
        received++;
        WScript.Echo("event: " + message.From + ": " + message.Text);
    },
    OnStateChanged: function (state) {
        WScript.Echo("event: " + state);
    }
};

function main(server, address, password, peer, transport) {
    var app = new ActiveXObject("ComIm.Application");
    app.Sink = events;
    app.SignIn(address, password, server, transport);
    WScript.Echo("signed in: " + app.Address + " (" + app.State + ")");

    var message = app.SendMessage(peer, "Hello from JScript");
    WScript.Echo("sent: " + message.Text + " (" + message.StatusCode + " " + message.Status + ")");

    message = app.WaitForMessage(30000);
    if (message === null) {
        throw new Error("nobody answered within 30 seconds");
    }

    WScript.Echo("received: " + message.From + ": " + message.Text);
    app.SignOut();
    if (received === 0) {
        throw new Error("the answer came by polling, but not as an event");
    }
}

var exitCode = 0;
if (WScript.Arguments.length < 4) {
    WScript.Echo("chat.js: failed: the arguments are SERVER ADDRESS PASSWORD PEER [TRANSPORT]");
    exitCode = 2;
} else {
    try {
        var a = WScript.Arguments;
        main(a(0), a(1), a(2), a(3), a.length > 4 ? a(4) : "udp");
        WScript.Echo("chat.js: done");
    } catch (e) {
        WScript.Echo("chat.js: failed: 0x" + (e.number >>> 0).toString(16) + " " + (e.description || e.message));
        exitCode = 1;
    }
}
WScript.Quit(exitCode);
