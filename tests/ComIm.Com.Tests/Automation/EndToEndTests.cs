using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using ComIm.Com.Automation;
using ComIm.Com.Interop;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Automation;

/// <summary>ComIm.Application used as a plain C# object, without COM, against the embedded server.</summary>
public sealed class EndToEndTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public void Two_applications_exchange_messages(string transport)
    {
        var alice = SignIn("alice", transport);
        var bob = SignIn("bob", transport);
        var sink = new Sink();
        bob.Sink = sink;

        var sent = alice.SendMessage("bob@example.com", "hello");
        Assert.Equal((200, "Delivered", "Outgoing", "hello"), (sent.StatusCode, sent.Status, sent.Direction, sent.Text));
        var received = bob.WaitForMessage((int)Patience.TotalMilliseconds)!;
        Assert.Equal(("sip:alice@example.com", "hello", "Incoming"), (received.From, received.Text, received.Direction));
        Assert.Same(received, sink.Take());
        Assert.Null(bob.WaitForMessage(0));

        alice.SignOut();
        bob.SignOut();
        Assert.Equal("SignedOut", sink.Take());
        Assert.Equal(("SignedOut", ""), (bob.State, bob.Address));
    }

    [Fact]
    public void States_are_reported_in_order_and_a_sink_can_be_replaced()
    {
        var first = new Sink();
        var application = new Application { Sink = first };
        application.SignIn("alice@example.com", "secret-alice", _server.Address);
        Assert.Equal(["SigningIn", "SignedIn"], [first.Take(), first.Take()]);
        var second = new Sink();
        application.Sink = second;
        application.SignOut();
        Assert.Equal("SignedOut", second.Take());
        application.Sink = null;
        application.SignIn("alice@example.com", "secret-alice", _server.Address);
        application.SignOut();
        Assert.True(first.IsEmpty && second.IsEmpty);
    }

    [Fact]
    public async Task SignOut_ends_a_sign_in_that_is_under_way()
    {
        // Somebody who takes everything and answers nothing.
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var sink = new Sink();
        var application = new Application { Sink = sink };
        var signIn = Task.Run(() => application.SignIn("alice@example.com", "secret-alice", silent.Client.LocalEndPoint!.ToString()!));
        Assert.Equal("SigningIn", sink.Take());
        application.SignOut();
        Assert.Equal("SignedOut", application.State);
        var error = await Assert.ThrowsAsync<HResultException>(() => signIn);
        Assert.Equal(HResults.Abort, error.HResult);
    }

    [Fact]
    public void Failures_carry_their_codes()
    {
        var application = new Application();
        Assert.Equal("80EF0191", Code(() => application.SignIn("alice@example.com", "wrong", _server.Address)));
        Assert.Equal("SignedOut", application.State);
        application.SignIn("alice@example.com", "secret-alice", _server.Address);
        Assert.Equal("80EF0194", Code(() => application.SendMessage("nobody@example.com", "x")));
        Assert.Equal("80EE0012", Code(() => application.SendMessage("no address", "x")));
        Assert.Equal("80EE006D", Code(() => application.SignIn("alice@example.com", "secret-alice", _server.Address)));
        application.SignOut();
        Assert.Equal("80EE006D", Code(() => application.SendMessage("bob@example.com", "x")));
    }

    [Fact]
    public async Task A_message_sent_while_the_server_is_down_fails_with_its_cause()
    {
        var alice = new Application();
        await using (var server = await TestServer.StartAsync())
        {
            alice.SignIn("alice@example.com", "secret-alice", server.Address, "tcp");
        }

        var error = Assert.Throws<HResultException>(() => alice.SendMessage("bob@example.com", "x"));
        Assert.Equal("80EE0067", error.HResult.ToString("X8", null));
        Assert.NotEmpty(error.Message);
        alice.SignOut();
    }

    [Fact]
    public void An_application_that_is_dropped_signs_out_by_itself()
    {
        var states = new Sink();
        var dropped = SignInAndDrop(states);
        var alice = SignIn("alice", "udp");
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !dropped.IsAlive;
            },
            Patience));

        // The server knows it, too: 480.
        Assert.True(SpinWait.SpinUntil(() => !Reaches(alice, "carol@example.com"), Patience));
        alice.SignOut();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference SignInAndDrop(Sink sink)
    {
        var application = SignIn("carol", "udp");
        application.Sink = sink;

        // Nor do conversations, listeners and somebody's presence keep it alive.
        var conversation = application.ConversationsManager.GetConversation("bob@example.com");
        conversation.State.Changed((Action)(() => { }));
        application.PersonsAndGroupsManager.GetPerson("bob@example.com").Status.Changed((Action)(() => { }));
        application.PersonsAndGroupsManager.All.Persons.Add("bob@example.com").Wait((int)Patience.TotalMilliseconds);
        return new WeakReference(application);
    }

    private static bool Reaches(Application application, string address)
    {
        try
        {
            application.SendMessage(address, "are you there?");
            return true;
        }
        catch (HResultException e)
        {
            Assert.Equal("80EF01E0", e.HResult.ToString("X8", null));
            return false;
        }
    }

    private static string Code(Action action) => Assert.Throws<HResultException>(action).HResult.ToString("X8", null);

    private Application SignIn(string user, string transport)
    {
        var application = new Application();
        application.SignIn($"sip:{user}@example.com", "secret-" + user, _server.Address, transport);
        Assert.Equal(("SignedIn", $"sip:{user}@example.com"), (application.State, application.Address));
        return application;
    }

    private sealed class Sink : IComImEvents
    {
        private readonly BlockingCollection<object> _events = [];

        public bool IsEmpty => _events.Count == 0;

        public object Take() => _events.TryTake(out var item, Patience) ? item : throw new TimeoutException("No event came.");

        public void OnMessageReceived(object message) => _events.Add(message);

        public void OnStateChanged(string state) => _events.Add(state);

        public void OnConversationAdded(object conversation)
        {
        }

        public void OnConversationStateChanged(object conversation, string state, string reason, string oldState)
        {
        }

        public void OnParticipantAdded(object conversation, object participant)
        {
        }

        public void OnParticipantRemoved(object conversation, object participant)
        {
        }

        public void OnMessageAdded(object conversation, object message)
        {
        }

        public void OnTypingChanged(object conversation, object participant, bool isTyping)
        {
        }

        public void OnMessageStatusChanged(object conversation, object message, string status)
        {
        }

        public void OnPresenceChanged(object person, string status)
        {
        }

        public void OnContactAdded(object person)
        {
        }

        public void OnContactRemoved(object person)
        {
        }
    }
}
