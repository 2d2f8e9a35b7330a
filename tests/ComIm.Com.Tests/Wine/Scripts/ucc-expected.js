// ucc-expected.js SERVER REFUSING: the same in JScript, as far as its language goes: enumerators, parameterised properties, objects and
// functions of the script's own as sink and evaluator.
var game = "application/x-example-game";
var uris = new ActiveXObject("ComIm.UccUriManager");
var platform = new ActiveXObject("ComIm.UccPlatform");

function wrong(what) { WScript.Echo("wrong: " + what); }

function waitFor(source, name) {
    for (;;) {
        var next = source.WaitForEvent(90000);
        if (next === null) throw new Error("no " + name);
        if (next.Name === name) return next;
    }
}

function list(collection, read) {
    var values = [];
    for (var items = new Enumerator(collection); !items.atEnd(); items.moveNext()) values.push(read(items.item()));
    return values.join(" ");
}

function person(user, server) {
    var endpoint = platform.CreateEndpoint(1, uris.ParseUri("sip:" + user + "@example.com"), "", null);
    endpoint.CredentialCache.SetCredential("*", endpoint.CredentialCache.CreateCredential(user, "secret-" + user, ""));
    endpoint.Server = endpoint.CreateSignalingServer(server, 2);
    return endpoint;
}

function useCollections() {
    var context = new ActiveXObject("ComIm.UccContext");
    context.AddProperty(7, "seven");
    context.AddNamedProperty("eight", 8);
    if (context.Property(7).StringValue !== "seven" || context.NamedProperty("eight").Value !== 8) wrong("parameterised properties");
    if (list(context, function (p) { return p.Value; }) !== "seven 8") wrong("an enumerator");
    if (list(uris.ParseUri("sip:alice@example.com;x=1;y=2").Parameters, function (p) { return p.Name; }) !== "x y") wrong("an enumerator of what is read only");
}

function useDiagnostics(refusing) {
    var refused = person("bob", refusing);
    refused.Enable();
    var progress = waitFor(refused, "OnEnable").Data;
    var text = list(progress.Properties.Property(365569).Value, function (info) {
        return info.Code + ":" + info.Text + ":" + list(info.SubCodes, function (code) { return code; });
    });
    if (text !== "1007:Too many devices:12 399:Come again, later:") wrong("diagnostics: " + text);
}

function useMedia() {
    if (new Enumerator(platform.GetDevices(1, 1)).atEnd() !== true) wrong("a device");
    try {
        platform.GetDeviceSettings();
        wrong("GetDeviceSettings");
    } catch (e) {
        if ((e.number >>> 0) !== 0x80EE006E) wrong("GetDeviceSettings: " + (e.number >>> 0).toString(16));
    }
}

function useChannel(endpoint) {
    var channel = endpoint.CreateSignalingChannel(uris.ParseUri("sip:bob@example.com")), heard = "";
    channel.Sink = { OnIncomingMessage: function (source, data) { heard = data.Message.Body; data.Reject(486); } };
    var request = new ActiveXObject("ComIm.UccSignalingRequest");
    request.RequestType = 6;
    request.ContentType = "text/plain";
    request.Body = "hello";
    request.AddHeaderField("X-Colour", "red").AddParameter("shade", "dark");
    channel.SendRequest(request);
    if (waitFor(channel, "OnSendRequest").Data.Properties.Property(365572).Value.StatusCode !== 200) wrong("the answer");
    waitFor(channel, "OnIncomingMessage");
    if (heard !== "hello back") wrong("the sink has heard '" + heard + "'");
}

function takeApplication(endpoint, seen) {
    var incoming = waitFor(endpoint, "OnIncomingSession").Data;
    if (seen() !== "board=4x4") wrong("the evaluator has seen '" + seen() + "'");

    // The events of an object are kept from when the script has it.
    var inviter = incoming.Inviter, session = incoming.Session;
    if (inviter.IsLocal || session.Type !== 3) wrong("the invitation");
    incoming.Accept();
    var invitation = waitFor(inviter, "OnIncomingInvitation").Data;
    invitation.LocalSessionDescription = "colour=white";
    invitation.Accept();
    waitFor(session, "OnTerminate");
}

try {
    platform.Initialize("ucc-expected-js");
    useCollections();
    useDiagnostics(WScript.Arguments(1));
    useMedia();
    var alice = person("alice", WScript.Arguments(0)), seen = "";
    alice.Enable();
    if (waitFor(alice, "OnEnable").Data.StatusCode < 0) throw new Error("OnEnable");
    alice.RegisterSessionDescriptionEvaluator(function (contentType, description) { seen = description; return contentType === game; });
    useChannel(alice);
    takeApplication(alice, function () { return seen; });
    platform.Shutdown();
    waitFor(platform, "OnShutdown");
    WScript.Echo("ucc-expected.js: done");
} catch (e) {
    WScript.Echo("ucc-expected.js: failed: " + (e.number >>> 0).toString(16) + " " + e.message);
}
