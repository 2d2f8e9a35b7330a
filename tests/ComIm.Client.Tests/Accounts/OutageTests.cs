using System.Collections.Concurrent;
using System.Net;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Server;
using ComIm.Sip.Registration;
using ComIm.TestKit;
using Xunit.Abstractions;

namespace ComIm.Client.Tests.Accounts;

/// <summary>A server that is away for a minute and a half under many who are signed in.</summary>
public sealed class OutageTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 50;
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentDictionary<ImAccount, TimeSpan> _returns = new();
    private readonly SemaphoreSlim _changed = new(0);

    [Theory]
    [InlineData(ImTransport.Tcp)]
    [InlineData(ImTransport.Udp)]
    public async Task Server_AwayFor90Seconds_EverybodyComesBackAndNoMessageIsForgotten(ImTransport transport)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort.ForReturn());
        var server = await StartAsync(endPoint);
        await using var client = new ImClient(new ImClientOptions { TimeProvider = _time });
        var accounts = new List<ImAccount>();
        for (var i = 0; i < Count; i++)
        {
            accounts.Add(await client.SignInAsync(new ImAccountSettings
            {
                Address = $"user{i}@example.com", Password = "secret", Server = endPoint.ToString(), Transport = transport,
            }).WaitAsync(Guard));
            Watch(accounts[i]);
        }

        await Task.WhenAll(SendAll(accounts, "before")).WaitAsync(Guard);
        await server.DisposeAsync();

        // Messages into the outage: some at once, some in the middle of it. Over UDP they are what finds it out.
        var sent = SendAll(accounts, "at once");
        if (transport == ImTransport.Tcp)
        {
            // A connection that closes tells them, in real time: the clock waits for it.
            await NoticedAsync(accounts);
        }

        await AdvanceAsync(accounts, Outage / 2);
        sent.AddRange(SendAll(accounts, "in the middle"));
        await AdvanceAsync(accounts, Outage / 2);
        await NoticedAsync(accounts);
        Assert.All(accounts, a => Assert.Equal((ImAccountState.Reconnecting, ImError.ServerUnreachable), (a.State, a.StateCause!.Error)));
        Assert.Empty(_returns);

        var back = _time.Elapsed;
        await using var again = await StartAsync(endPoint);
        while (accounts.Exists(a => a.State != ImAccountState.SignedIn))
        {
            await AdvanceAsync(accounts, TimeSpan.FromSeconds(1));
            Assert.True(_time.Elapsed - back < TimeSpan.FromMinutes(5), "somebody has not come back in five minutes");
        }

        Assert.Equal(Count, again.Location.Count);
        AssertSpread(_returns.Values.Select(r => r - back).ToList());

        // Every message has an end: one that failed says why, and one that is called delivered has been read.
        await AssertEndsAsync(sent);
        await Task.WhenAll(SendAll(accounts, "after")).WaitAsync(Guard);
        for (var i = 0; i < Count; i++)
        {
            var written = TextsOf(accounts[i], m => m is { Direction: MessageDirection.Outgoing, Status: MessageStatus.Delivered });
            var read = TextsOf(accounts[(i + 1) % Count], m => m.Direction == MessageDirection.Incoming);
            Assert.Empty(written.Except(read));
            Assert.Equal(read.Count, read.Distinct().Count());
            Assert.Equal(("before", "after"), (read[0], read[^1]));
        }

        // Signing out asks the clock for nothing.
        await Task.WhenAll(accounts.Select(a => a.SignOutAsync())).WaitAsync(Guard);
        Assert.Equal(0, again.Location.Count);
    }

    public void Dispose() => _changed.Dispose();

    private async Task NoticedAsync(List<ImAccount> accounts)
    {
        while (accounts.Exists(a => a.State != ImAccountState.Reconnecting))
        {
            Assert.True(await _changed.WaitAsync(Guard), "somebody has not noticed");
        }
    }

    private static async Task AssertEndsAsync(IEnumerable<Task> sent)
    {
        foreach (var sending in sent)
        {
            if (await Record.ExceptionAsync(() => sending.WaitAsync(Guard)) is { } failure)
            {
                var delivery = Assert.IsType<MessageDeliveryException>(failure);
                Assert.Equal(MessageStatus.Failed, delivery.ChatMessage.Status);
                Assert.Contains(delivery.Error, new[] { ImError.ServerUnreachable, ImError.Timeout, ImError.RecipientUnavailable });
            }
        }
    }

    private static List<string> TextsOf(ImAccount account, Func<ChatMessage, bool> which) =>
        [.. account.Conversations.SelectMany(c => c.Messages).Where(which).Select(m => m.Text)];

    private static List<Task<ChatMessage>> SendAll(List<ImAccount> accounts, string text) =>
        [.. accounts.Select((a, i) => a.SendAsync($"user{(i + 1) % Count}@example.com", text))];

    /// <summary>Nobody came in a burst: the fullest second and the fullest ten seconds hold a part of them only.</summary>
    private void AssertSpread(List<TimeSpan> returns)
    {
        Assert.Equal(Count, returns.Count);
        var seconds = returns.GroupBy(r => (int)r.TotalSeconds).Max(g => g.Count());
        var tens = returns.GroupBy(r => (int)r.TotalSeconds / 10).Max(g => g.Count());
        output.WriteLine("returns in each ten seconds: " + string.Join(", ", returns.GroupBy(r => (int)r.TotalSeconds / 10).OrderBy(g => g.Key).Select(g => $"{g.Key * 10}: {g.Count()}")));
        Assert.True(seconds <= Count / 4, $"{seconds} of {Count} came back in the same second");
        Assert.True(tens <= Count / 2, $"{tens} of {Count} came back in the same ten seconds");
        Assert.True(returns.Max() - returns.Min() > TimeSpan.FromSeconds(20), "all came back at about the same time");
    }

    private Task<ImServer> StartAsync(IPEndPoint endPoint) => ImServer.StartAsync(new ImServerOptions
    {
        Domain = "example.com",
        EndPoint = endPoint,
        Users = new UserList(Enumerable.Range(0, Count).Select(i => $"user{i}:secret")),
        TimeProvider = _time,
    });

    private void Watch(ImAccount account)
    {
        account.StateChanged += (_, _) => _changed.Release();
        account.Registration.StateChanged += (state, _) =>
        {
            if (state == RegistrationState.Registered && account.State == ImAccountState.SignedIn)
            {
                // An attempt to connect that fails late may have it renewed once more.
                _returns.TryAdd(account, _time.Elapsed);
            }

            _changed.Release();
        };
    }

    /// <summary>Moves the clock, and at each step lets the attempts that it has set off come to their end.</summary>
    private async Task AdvanceAsync(List<ImAccount> accounts, TimeSpan time)
    {
        for (var moved = TimeSpan.Zero; moved < time; moved += Step)
        {
            _time.Advance(Step);
            while (accounts.Exists(a => a.Registration.State is RegistrationState.Refreshing or RegistrationState.Retrying))
            {
                Assert.True(await _changed.WaitAsync(Guard), "an attempt has not ended");
            }
        }
    }
}
