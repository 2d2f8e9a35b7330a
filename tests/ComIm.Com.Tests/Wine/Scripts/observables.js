// observables.js SERVER ADDRESS PASSWORD PEER: properties, collections and promises as JScript writes them.
function check(name, actual, expected) {
    if (actual !== expected) {
        throw new Error(name + " is " + actual + " (" + typeof actual + "), not " + expected);
    }
}

try {
    var a = WScript.Arguments, log = [];
    var application = new ActiveXObject("ComIm.Application");
    application.signInManager.state.changed(function (newValue, reason, oldValue) {
        log.push("state " + oldValue + " > " + newValue);
    });
    application.signInManager.signIn({ username: a(1), password: a(2), server: a(0) }).then(function () {
        log.push("signed in");
    }).wait(90000);
    check("order", log.join(", "), "state undefined > SignedOut, state SignedOut > SigningIn, state SigningIn > SignedIn, signed in");
    check("state()", application.signInManager.state(), "SignedIn");

    var conversation = application.conversationsManager.getConversation(a(3));
    check("count", application.conversationsManager.conversations().length, undefined);
    check("conversations(0)", application.conversationsManager.conversations(0).state(), "Disconnected");
    check("participants.count", conversation.participants.count, 1);
    check("displayName()", conversation.participants(0).displayName(), "bob");
    check("person.id", conversation.participants(a(3)).person.id(), a(3));
    check("typeof state", typeof conversation.state, "object");
    for (var e = new Enumerator(conversation.participants); !e.atEnd(); e.moveNext()) {
        check("enumerated", e.item().uri(), a(3));
    }

    conversation.topic = "by put";
    check("topic by put", conversation.topic(), "by put");
    conversation.topic("by call").wait(5000);
    check("topic by call", conversation.topic(), "by call");
    conversation.topic.set("by set").wait(5000);
    check("topic by set", conversation.topic(), "by set");
    check("get", conversation.topic.get().wait(5000), "by set");

    check("accept.enabled", conversation.chatService.accept.enabled(), false);
    var failure;
    conversation.chatService.accept().then(null, function (error) {
        failure = error.code + ": " + error.message;
    }).wait(5000);
    check("failure", failure, "NothingToAccept: Nobody asks for this conversation.");

    var chained = conversation.topic.get().then(function (topic) { return topic + " and more"; });
    check("chained", chained.wait(5000), "by set and more");
    var nested = conversation.topic.get().then(function () { return conversation.topic.get(); });
    check("nested", nested.wait(5000), "by set");
    try {
        conversation.topic.get().then(function () { throw new Error("thrown on purpose"); }).wait(5000);
        throw new Error("the throwing callback was not noticed");
    } catch (e2) {
        log.push("rejected " + (e2.number >>> 0).toString(16));
    }

    var calls = 0, listener = conversation.topic.changed(function () { calls++; });
    application.wait(0);
    check("calls at once", calls, 1);
    listener.dispose();
    conversation.topic = "unheard";
    application.wait(0);
    check("calls after dispose", calls, 1);

    // One that throws at each call, and one after it that hears everything all the same.
    var bad = conversation.topic.changed(function () { throw new Error("bad listener"); });
    var heard = [];
    conversation.topic.changed(function (value) { heard.push(value); });
    conversation.topic = "x";
    conversation.topic = "y";
    application.wait(0);
    check("heard", heard.join(), "unheard,x,y");
    check("failed", bad.failed, 3);
    check("lastError", bad.lastError.length > 0, true);

    var each = [];
    conversation.participants.forEach(function (p, i) { each.push(i + p.displayName()); });
    check("forEach", each.join(), "0bob");
    application.signInManager.signOut().wait(90000);
    WScript.Echo(log[log.length - 1]);
    WScript.Echo("observables.js: done");
} catch (e) {
    WScript.Echo("observables.js: failed: " + (e.number >>> 0).toString(16) + " " + e.message);
}
