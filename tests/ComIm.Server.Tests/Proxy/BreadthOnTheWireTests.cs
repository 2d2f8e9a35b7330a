using System.Collections.Concurrent;
using ComIm.Server.Limits;
using ComIm.Server.Storage;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.TestKit;

namespace ComIm.Server.Tests.Proxy;

/// <summary>Max-Breadth at a server whose bob has three devices (RFC 5393 section 5.3).</summary>
public sealed class BreadthOnTheWireTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ConcurrentQueue<uint?> _received = [];
    private readonly List<TestUser> _devices = [];
    private ImServer _server = null!;
    private TestUser _alice = null!;

    public async Task InitializeAsync()
    {
        _server = await TestDomain.StartAsync(o => o with { TimeProvider = _clock, Limits = new ServerLimits { StopTimeout = TestDomain.Guard } });
        _alice = new TestUser("alice", _server.LocalEndPoint);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        foreach (var device in _devices)
        {
            await device.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData("7", 7)]
    [InlineData("60", 60)]
    [InlineData("1000000", 60)]
    public async Task Message_ToThreeDevices_IsDividedAmongThem(string? value, int expected)
    {
        await StartDevicesAsync(486, 486, 486);

        Assert.Equal(486, (await SendAsync(value)).StatusCode);

        Assert.Equal(3, _received.Count);
        Assert.Equal(expected, _received.Sum(b => (int)b!.Value));
        Assert.All(_received, b => Assert.InRange(b!.Value, 1u, (uint)expected));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Message_TooNarrowForAll_AsksTheOthersWhenOneHasRefused(string value)
    {
        await StartDevicesAsync(486, 486, 486);

        Assert.Equal(486, (await SendAsync(value)).StatusCode);

        Assert.Equal([1u, 1u, 1u], _received);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(603)]
    public async Task Message_ThatOneHasDecided_AsksNobodyElse(int status)
    {
        await StartDevicesAsync(status, status, status);

        Assert.Equal(status, (await SendAsync("1")).StatusCode);

        // The first that the others see is the next one.
        await SendAsync(null, "next");
        foreach (var device in _devices.SkipLast(1))
        {
            Assert.Equal("next", (await device.NextAsync()).Request.BodyText);
        }
    }

    [Fact]
    public async Task Message_ThatNobodyAnswersInTime_AsksNobodyElse()
    {
        await StartDevicesAsync(0, 0, 0);
        _ = SendAsync("1");
        await Task.WhenAny(_devices.Select(d => d.NextAsync())).WaitAsync(TestDomain.Guard);

        _clock.Advance(TimeSpan.FromSeconds(33));

        // A stop waits for what is under way, as it would be with the next device.
        await _server.DisposeAsync();
        Assert.Single(_received);
    }

    [Fact]
    public async Task Message_OnNoBranchAtAll_IsExceeded()
    {
        await StartDevicesAsync(200);

        var response = await SendAsync("0");

        Assert.Equal((440, "Max-Breadth Exceeded"), (response.StatusCode, response.ReasonPhrase));
        Assert.Empty(_received);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("1, 2")]
    [InlineData("4294967296")]
    [InlineData("99999999999999999999999999")]
    public async Task Message_WithABreadthThatIsNone_IsRefusedByName(string value)
    {
        await StartDevicesAsync(200);

        var response = await SendAsync(value);

        Assert.Equal((400, "Invalid Max-Breadth"), (response.StatusCode, response.ReasonPhrase));
        Assert.Empty(_received);
    }

    [Fact]
    public async Task Message_WithTwoBreadths_IsRefusedByName()
    {
        await StartDevicesAsync(200);
        var message = _alice.CreateMessage("sip:bob@example.com", "hello");
        message.Headers.Add(HeaderId.MaxBreadth, "1");
        message.Headers.Add(HeaderId.MaxBreadth, "60");

        var response = await _alice.SendAsync(message);

        Assert.Equal((400, "Invalid Max-Breadth"), (response.StatusCode, response.ReasonPhrase));
    }

    [Fact]
    public async Task Invite_ThatIsTooNarrowAndTakenBack_RingsNobodyElse()
    {
        await StartDevicesAsync(180, 180, 180);
        var isRinging = new TaskCompletionSource();
        var request = _alice.Create(SipMethods.Invite, "sip:bob@example.com");
        request.Headers.Add(HeaderId.MaxBreadth, "1");
        var invite = await _alice.BeginAsync(request, r => _ = r.StatusCode == 180 && isRinging.TrySetResult());
        await isRinging.Task.WaitAsync(TestDomain.Guard);

        invite.Cancel();

        Assert.Equal(487, (await invite.FinalResponse.WaitAsync(TestDomain.Guard)).StatusCode);
        Assert.Equal([1u], _received);
    }

    [Fact]
    public async Task Invite_ThatIsTooNarrow_RingsTheNextWhenOneIsBusy()
    {
        await StartDevicesAsync(200, 486, 486);
        var request = _alice.Create(SipMethods.Invite, "sip:bob@example.com");
        request.Headers.Add(HeaderId.MaxBreadth, "1");

        var invite = await _alice.BeginAsync(request);

        // The newest device is asked first, so that the one who accepts is the last.
        Assert.Equal(200, (await invite.FinalResponse.WaitAsync(TestDomain.Guard)).StatusCode);
        Assert.Equal([1u, 1u, 1u], _received);
    }

    [Fact]
    public async Task StoredMessage_ToTwoDevices_HasABreadthOfItsOwn()
    {
        var folder = Directory.CreateTempSubdirectory("comim-breadth-");
        try
        {
            await using var server = await TestDomain.StartAsync(o => o with { Store = new MessageStoreOptions { Path = Path.Combine(folder.FullName, "m.db") } });
            await using var alice = new TestUser("alice", server.LocalEndPoint);
            var message = alice.CreateMessage("sip:bob@example.com", "hello");
            message.Headers.Add(HeaderId.MaxBreadth, "1");
            Assert.Equal(202, (await alice.SendAsync(message)).StatusCode);

            await using var bob = new TestUser("bob", server.LocalEndPoint) { Answer = _ => Task.CompletedTask };
            await bob.SendAsync(bob.CreateRegister(contact: $"{bob.Contact}, <sip:other@{bob.Local}>"));

            Assert.Equal([30u, 30u], [(await bob.NextAsync()).Request.MaxBreadth, (await bob.NextAsync()).Request.MaxBreadth]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<SipResponse> SendAsync(string? breadth, string text = "hello")
    {
        var message = _alice.CreateMessage("sip:bob@example.com", text);
        if (breadth is not null)
        {
            message.Headers.Add(HeaderId.MaxBreadth, breadth);
        }

        return _alice.SendAsync(message);
    }

    /// <summary>Devices that answer so; 0 not at all, 180 with ringing until it is cancelled. The clock says which is newer.</summary>
    private async Task StartDevicesAsync(params int[] statuses)
    {
        foreach (var status in statuses)
        {
            _devices.Add(await new TestUser("bob", _server.LocalEndPoint) { Answer = t => AnswerAsync(t, status) }.RegisteredAsync());
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private Task AnswerAsync(ServerTransaction transaction, int status)
    {
        _received.Enqueue(transaction.Request.MaxBreadth);
        if (status == 180)
        {
            transaction.Cancelled.Register(() => transaction.Respond(487));
        }

        if (status > 0)
        {
            transaction.Respond(status);
        }

        return Task.CompletedTask;
    }
}
