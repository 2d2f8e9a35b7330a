// model.js SERVER DOMAIN: alice and carol in one script: an invitation that is rejected and one that is accepted by the commands'
// own states, a group from the start, roles, presence and contacts.
function check(name, actual, expected) {
    if (actual !== expected) {
        throw new Error(name + " is " + actual + " (" + typeof actual + "), not " + expected);
    }
}

function waitFor(app, what, condition) {
    for (var i = 0; i < 300 && !condition(); i++) {
        app.wait(100);
    }

    if (!condition()) {
        throw new Error("waited in vain: " + what);
    }
}

try {
    var a = WScript.Arguments, domain = a(1);
    var alice = new ActiveXObject("ComIm.Application"), carol = new ActiveXObject("ComIm.Application");
    alice.conversationsManager.autoAccept = false;
    alice.signInManager.signIn("alice@" + domain, "secret-alice", a(0), "tcp").wait(90000);
    carol.signInManager.signIn("carol@" + domain, "secret-carol", a(0), "tcp").wait(90000);

    // As the original's samples answer: by the command's own state.
    var answers = ["reject", "accept"], done = [], incoming;
    alice.conversationsManager.conversations.added(function (conversation) {
        incoming = conversation;
        conversation.chatService.accept.enabled.when(true, function () {
            var answer = answers.shift();
            (answer === "reject" ? conversation.chatService.reject() : conversation.chatService.accept()).then(function () {
                done.push(answer);
            });
        });
    });
    var hers = carol.conversationsManager.getConversation("alice@" + domain), refusal, reasons = [];
    hers.state.changed(function (newValue, reason, oldValue) { reasons.push(newValue + ":" + reason); });
    hers.chatService.start().then(null, function (error) { refusal = error.statusCode; });
    waitFor(alice, "the refusal", function () { return refusal; });
    check("refusal", refusal, 603);
    waitFor(alice, "reject's promise", function () { return done.length === 1; });
    hers.chatService.start().wait(90000);
    waitFor(alice, "accept's promise", function () { return done.length === 2; });
    check("answers", done.join(), "reject,accept");
    check("state", incoming.state(), "Connected");
    check("reasons", reasons.slice(0, 3).join(), "Disconnected:,Connecting:,Disconnected:Refused");

    var typing = 0;
    incoming.participants(0).chat.isTyping.when(true, function () { typing++; });
    hers.chatService.sendIsTyping().wait(90000);
    waitFor(alice, "typing", function () { return typing; });
    hers.chatService.sendMessage("one").wait(90000);
    waitFor(alice, "a message", function () { return incoming.chatService.messages.count === 1; });
    check("text()", incoming.chatService.messages(0).text(), "one");
    check("sender", incoming.chatService.messages(0).sender.displayName(), "carol");
    hers.leave().wait(90000);

    // A group from the start; its first member is asked, and accepts in the callback above.
    answers.push("accept");
    var group = carol.conversationsManager.createConversation();
    check("isGroupConversation", group.isGroupConversation(), true);
    var participant = group.participants.add("alice@" + domain).wait(90000);
    check("participant.state", participant.state(), "Connected");
    check("participant.role", participant.role(), "Attendee");
    waitFor(carol, "her own role", function () { return group.selfParticipant.role() === "Leader"; });
    participant.role.set("Leader").wait(90000);
    waitFor(carol, "the role", function () { return participant.role() === "Leader"; });
    group.topic.set("counting").wait(90000);
    waitFor(alice, "the topic", function () { return incoming.topic() === "counting"; });
    group.leave().wait(90000);

    carol.personsAndGroupsManager.mePerson.status.set("DoNotDisturb").wait(90000);
    var statuses = [], person = alice.personsAndGroupsManager.getPerson("carol@" + domain);
    var listener = person.status.changed(function (newValue) { statuses.push(newValue); });
    waitFor(alice, "the status", function () { return person.status() === "DoNotDisturb"; });
    listener.dispose();
    var names = [];
    alice.personsAndGroupsManager.all.persons.added(function (contact) { names.push(contact.displayName()); });
    alice.personsAndGroupsManager.all.persons.add(person).wait(90000);
    check("contacts", names.join(), "carol");
    alice.signInManager.signOut().wait(90000);
    carol.signInManager.signOut().wait(90000);
    WScript.Echo("model.js: done");
} catch (e) {
    WScript.Echo("model.js: failed: " + (e.number >>> 0).toString(16) + " " + e.message);
}
