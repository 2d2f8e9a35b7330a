// Begins a chat with one person, adds another, writes to both and leaves: the conversation sample of the Skype Web SDK
// ("Escalating a P2P Chat Conversation"), with nothing changed but the page elements. What the page took from its input
// fields comes from the command line; where the page waited for the next click, the script waits for what the user would
// have waited for.
//
//   cscript //nologo escalation.js SERVER ADDRESS PASSWORD PERSON OTHERPERSON
//   cscript //nologo escalation.js 127.0.0.1:5060 sip:alice@example.com secret sip:bob@example.com sip:carol@example.com
//
// The last line is "escalation.js: done", or "escalation.js: failed: ..." with exit code 1.

var application = new ActiveXObject("ComIm.Application");
var conversation;
var listeners = [];
var seen = { messages: 0 };

// 1. Initiate a conversation with a person and start chat
function start(id) {
    var conversationsManager = application.conversationsManager;
    conversation = conversationsManager.getConversation(id);
    listeners.push(conversation.selfParticipant.chat.state.when('Connected', function () {
        log('Connected to chat');
        seen.connected = true;
    }));
    listeners.push(conversation.participants.added(function (person) {
        log(person.displayName() + ' has joined the conversation');
        seen[person.uri()] = true;
    }));
    listeners.push(conversation.chatService.messages.added(function (item) {
        log(item.sender.displayName() + ' (' + item.direction() + '): ' + item.text());
        seen.messages++;
    }));
    listeners.push(conversation.state.changed(function (newValue, reason, oldValue) {
        if (newValue === 'Disconnected' && (oldValue === 'Connected' || oldValue === 'Connecting')) {
            log('Conversation ended');
            seen.ended = true;
        }
    }));
    conversation.chatService.start().then(null, fail);
}

// 2. Add participant to the established P2P conversation
function add(id) {
    conversation.participants.add(id).then(function () {
        log('Participant added');
        seen.added = true;
    }, fail);
}

// 3. Send messages to the group
function send(message) {
    conversation.chatService.sendMessage(message).then(function () {
        log('Message sent');
        seen.sent = true;
    }, fail);
}

// 4. End the conversation
function end() {
    conversation.leave().then(function () {
        log('Left the conversation');
    }, fail).then(function () {
        for (var i = 0; i < listeners.length; i++) {
            listeners[i].dispose();
        }

        seen.cleanedUp = true;
    });
}

// The rest stands for the page.
var failure;

function fail(error) {
    failure = error.code + ': ' + error.message;
}

function log(text) {
    WScript.Echo(text);
}

// Callbacks are called while the script waits.
function waitFor(what) {
    for (var i = 0; i < 300 && !seen[what] && !failure; i++) {
        application.wait(100);
    }

    if (failure || !seen[what]) {
        throw new Error(failure || 'waited in vain: ' + what);
    }
}

function main(server, address, password, person, otherPerson) {
    application.signInManager.signIn({ username: address, password: password, server: server }).wait(30000);
    start(person);
    waitFor('connected');
    waitFor(person);
    send('Hello, shall we ask ' + otherPerson + ' as well?');
    waitFor('sent');
    add(otherPerson);
    waitFor('added');
    waitFor(otherPerson);
    log('Group: ' + conversation.isGroupConversation() + ', others: ' + conversation.participantsCount());
    seen.sent = false;
    send('Hello to all of you');
    waitFor('sent');
    end();
    waitFor('ended');
    waitFor('cleanedUp');
    log('Messages: ' + seen.messages);
    application.signInManager.signOut().wait(30000);
}

var exitCode = 0;
if (WScript.Arguments.length < 5) {
    log('escalation.js: failed: the arguments are SERVER ADDRESS PASSWORD PERSON OTHERPERSON');
    exitCode = 2;
} else {
    try {
        var a = WScript.Arguments;
        main(a(0), a(1), a(2), a(3), a(4));
        log('escalation.js: done');
    } catch (e) {
        log('escalation.js: failed: 0x' + (e.number >>> 0).toString(16) + ' ' + (e.description || e.message));
        exitCode = 1;
    }
}
WScript.Quit(exitCode);
