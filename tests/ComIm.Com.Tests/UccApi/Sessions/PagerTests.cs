using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Com.UccApi.Contract;
using ComIm.Server.Storage;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Sessions;

/// <summary>Somebody who knows no sessions writes to an application of the UCC API, which knows nothing else.</summary>
public sealed class PagerTests : IAsyncLifetime
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("comim").FullName, "messages.db");
    private ImClient _client = null!;
    private TestServer _server = null!;
    private ImAccount _bob = null!;

    public async Task InitializeAsync()
    {
        (_client, _server) = (new ImClient(), await TestServer.StartAsync(store: new MessageStoreOptions { Path = _file }));
        _bob = await _client.SignInAsync(_server.SettingsOf("bob") with { MessagingMode = MessagingMode.Pager });
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Fact]
    public async Task Pager_message_offers_a_session_and_is_answered_by_pager_messages()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var sending = _bob.SendAsync("alice@example.com", "hello");
        var incoming = alice.TakeIncoming();
        Assert.Equal(("sip:bob@example.com", 0), (incoming.Inviter.Uri.Value, incoming.History.Count));
        incoming.Accept();
        Assert.Same(incoming.Inviter, alice.Events.TakeMessage("hello").Source);
        Assert.Equal(MessageStatus.Delivered, (await sending.WaitAsync(Recorder.Patience)).Status);

        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _bob.MessageReceived += (_, e) => received.TrySetResult(e.Message.Text);
        ((IUccInstantMessagingSession)incoming.Session).SendMessage("text/plain", "hello yourself", null!);
        alice.Events.TakeSent(0);
        Assert.Equal("hello yourself", await received.Task.WaitAsync(Recorder.Patience));

        await _bob.SendAsync("alice@example.com", "once more").WaitAsync(Recorder.Patience);
        Assert.Same(incoming.Inviter, alice.Events.TakeMessage("once more").Source);
        incoming.Session.Terminate(default, null!);
        alice.TakeEnd();
        alice.Shutdown();
    }

    [Fact]
    public async Task Rejected_session_is_a_rejected_message()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var sending = _bob.SendAsync("alice@example.com", "hello");
        alice.TakeIncoming().Reject(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_BUSY);
        var failure = await Assert.ThrowsAsync<MessageDeliveryException>(() => sending.WaitAsync(Recorder.Patience));
        Assert.Equal(486, failure.StatusCode);
        alice.Shutdown();
    }

    [Fact]
    public async Task Message_kept_while_away_comes_as_a_session()
    {
        Assert.Equal(MessageStatus.Accepted, (await _bob.SendAsync("alice@example.com", "while you were away").WaitAsync(Recorder.Patience)).Status);
        var alice = new UccPeer("alice", _server.Address).Enable();
        alice.TakeIncoming().Accept();
        alice.Events.TakeMessage("while you were away");
        alice.Shutdown();
    }
}
