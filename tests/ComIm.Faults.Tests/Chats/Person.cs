using System.Net;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Faults.Tests.Chats;

/// <summary>Somebody who is signed in through a relay of his own, over which everything goes that he sends and gets.</summary>
internal sealed class Person : IAsyncDisposable
{
    private readonly ImClient _client;
    private readonly DatagramRelay? _datagrams;
    private readonly StreamRelay? _streams;

    private Person(string name, ImTransport transport, TimeProvider time, DatagramRelay? datagrams, StreamRelay? streams)
    {
        (Name, Transport, _datagrams, _streams) = (name, transport, datagrams, streams);
        _client = new ImClient(new ImClientOptions { TimeProvider = time, BindTransport = datagrams is null ? null : _ => Bind(datagrams) });
    }

    public string Name { get; }

    public ImTransport Transport { get; }

    public ImAccount Account { get; private set; } = null!;

    public RelayDice Dice => _datagrams?.Dice ?? _streams!.Dice;

    /// <summary>How often a connection was made; none over UDP.</summary>
    public int Connections => _streams?.Connections ?? 0;

    public static async Task<Person> SignInAsync(string name, IPEndPoint server, ImTransport transport, MessagingMode mode, TimeProvider time, int seed)
    {
        var isUdp = transport == ImTransport.Udp;
        var person = new Person(name, transport, time, isUdp ? new DatagramRelay(server, seed) : null, isUdp ? null : new StreamRelay(server, seed));
        person.Account = await person._client.SignInAsync(new ImAccountSettings
        {
            Address = $"sip:{name}@{TestServer.Domain}",
            Password = "secret-" + name,
            Server = (person._datagrams?.Front ?? person._streams!.Front).ToString(),
            Transport = transport,
            MessagingMode = mode,
        }).WaitAsync(Ledger.Guard);
        return person;
    }

    /// <summary>Breaks the connections, where there are any.</summary>
    public void Break() => _streams?.Break();

    /// <summary>Waits until the account is signed in again.</summary>
    public async Task UntilSignedInAsync()
    {
        var signedIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Account.StateChanged += (_, e) =>
        {
            if (e.NewState == ImAccountState.SignedIn)
            {
                signedIn.TrySetResult();
            }
        };
        if (Account.State != ImAccountState.SignedIn)
        {
            await signedIn.Task.WaitAsync(Ledger.Guard);
        }
    }

    public Conversation With(Person other) => Account.GetConversation(other.Account.Address);

    public async ValueTask DisposeAsync()
    {
        Dice.Conditions = RelayConditions.Perfect;
        await _client.DisposeAsync();
        await (_datagrams?.DisposeAsync() ?? _streams!.DisposeAsync());
    }

    private static RelayedTransport Bind(DatagramRelay relay) => new(new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0)), relay);
}
