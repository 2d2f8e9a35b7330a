// The UCC API late bound, with sinks: signs in, invites another person, says hello, waits for one answer, and leaves.
//
//   cscript //nologo ucc-chat.js SERVER ADDRESS PASSWORD PEER [TRANSPORT]
//
// TRANSPORT is 1 for UDP, 2 for TCP, 3 for TLS. The last line is "ucc-chat.js: done", or "ucc-chat.js: failed: ..." with
// exit code 1.

var UCCET_PRINCIPAL_SERVER_BASED = 1;
var UCCST_INSTANT_MESSAGING = 0;
var UCCAM_DIGEST = 2;
var UCCROTR_DECLINE = 603;

// What the sinks have seen. They are called while the script is inside WaitForEvent.
var enabled = null, added = null, answer = null, disabled = false;

var endpointEvents = {
    OnEnable: function (endpoint, data) {
        enabled = data;
    },
    OnDisable: function (endpoint, data) {
        disabled = true;
    }
};

var sessionEvents = {
    OnParticipantAdded: function (session, data) {
        WScript.Echo("event: " + data.Participant.Uri.Value + " is in the session");
        if (!data.Participant.IsLocal) {
            data.Participant.Sink = participantEvents;
        }
    },
    OnAddParticipant: function (session, data) {
        added = data;
    }
};

var participantEvents = {
    OnInstantMessageReceived: function (participant, data) {
        answer = participant.Uri.Value + ": " + data.Content;
    }
};

function until(source, what, holds) {
    for (var i = 0; !holds(); i++) {
        if (i === 300) {
            throw new Error(what + " took more than 30 seconds");
        }
        source.WaitForEvent(100);
    }
}

function demand(data, what) {
    if (data.StatusCode < 0) {
        throw new Error(what + ": 0x" + (data.StatusCode >>> 0).toString(16) + " " + data.StatusText);
    }
}

function main(server, address, password, peer, transport) {
    var platform = new ActiveXObject("ComIm.UccPlatform");
    var uris = new ActiveXObject("ComIm.UccUriManager");
    platform.Initialize("ComIm sample", null);
    var endpoint = platform.CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, uris.ParseUri(address), "", null);
    endpoint.Sink = endpointEvents;
    var cache = endpoint.CredentialCache;
    cache.SetCredential("*", cache.CreateCredential(uris.ParseUri(address).User, password, ""));
    endpoint.AllowedAuthenticationModes = UCCAM_DIGEST;
    endpoint.Server = endpoint.CreateSignalingServer(server, transport);
    endpoint.Enable(null);
    until(endpoint, "signing in", function () { return enabled !== null; });
    demand(enabled, "sign in");
    WScript.Echo("signed in: " + endpoint.Uri.Value);

    var session = endpoint.CreateSession(UCCST_INSTANT_MESSAGING, null);
    session.Sink = sessionEvents;
    session.AddParticipant(session.CreateParticipant(uris.ParseUri(peer), null), null);
    until(session, "the invitation", function () { return added !== null; });
    demand(added, "invite");

    session.SendMessage("text/plain", "Hello from JScript", null);
    until(session, "the answer", function () { return answer !== null; });
    WScript.Echo("received: " + answer);
    session.Terminate(UCCROTR_DECLINE, null);
    endpoint.Disable(null);
    until(endpoint, "signing out", function () { return disabled; });
    platform.Shutdown(null);
}

var exitCode = 0;
if (WScript.Arguments.length < 4) {
    WScript.Echo("ucc-chat.js: failed: the arguments are SERVER ADDRESS PASSWORD PEER [TRANSPORT]");
    exitCode = 2;
} else {
    try {
        var a = WScript.Arguments;
        main(a(0), a(1), a(2), a(3), a.length > 4 ? parseInt(a(4), 10) : 2);
        WScript.Echo("ucc-chat.js: done");
    } catch (e) {
        WScript.Echo("ucc-chat.js: failed: 0x" + (e.number >>> 0).toString(16) + " " + (e.description || e.message));
        exitCode = 1;
    }
}
WScript.Quit(exitCode);
