using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using ComIm.Cli.Terminal;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Server;

namespace ComIm.Cli.Demo;

/// <summary>What <c>comim demo</c> shows, act by act. Whatever does not go as it should ends it with an exception.</summary>
/// <param name="transcript">Where the acts and the SIP messages are written.</param>
/// <param name="clock">The clock.</param>
internal sealed class DemoPlay(Ladder transcript, TimeProvider clock)
{
    private const string Domain = "example.com";
    private const string Alice = "alice";
    private const string Bob = "bob";

    /// <summary>Plays it.</summary>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();

        // Nobody types them, so they may as well be good ones.
        var alicePassword = RandomNumberGenerator.GetHexString(24);
        var bobPassword = RandomNumberGenerator.GetHexString(24);
        var server = await ImServer.StartAsync(
            new ImServerOptions
            {
                Domain = Domain,
                EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
                Users = new UserList([$"{Alice}:{alicePassword}", $"{Bob}:{bobPassword}"]),
                TimeProvider = clock,
            },
            cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            transcript.Write($"The server of {Domain} listens on {server.LocalEndPoint}, UDP and TCP.");
            var alice = await SignInAsync(Alice, alicePassword, ImTransport.Udp, server, cancellationToken).ConfigureAwait(false);
            await using (alice.ConfigureAwait(false))
            {
                var bob = await SignInAsync(Bob, bobPassword, ImTransport.Tcp, server, cancellationToken).ConfigureAwait(false);
                await using (bob.ConfigureAwait(false))
                {
                    await TalkAsync(alice, bob, cancellationToken).ConfigureAwait(false);
                    transcript.Write("");
                    transcript.Write("Both sign out");
                    await bob.Account.SignOutAsync(cancellationToken).ConfigureAwait(false);
                    await alice.Account.SignOutAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }

        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        transcript.Write("");
        transcript.Write(string.Create(
            CultureInfo.InvariantCulture, $"Done in {seconds:0.0} s: 4 messages delivered, 1 refused as it should be. The server has stopped."));
    }

    private async Task<DemoPerson> SignInAsync(
        string name, string password, ImTransport transport, ImServer server, CancellationToken cancellationToken)
    {
        transcript.Write("");
        transcript.Write($"{name} signs in over {transport.ToString().ToUpperInvariant()}");
        var settings = new ImAccountSettings
        {
            Address = $"sip:{name}@{Domain}",
            Password = password,
            Server = server.LocalEndPoint.ToString(),
            Transport = transport,
        };
        var session = await AccountSession.OpenAsync(settings, clock, transcript.For(name), cancellationToken).ConfigureAwait(false);
        return new DemoPerson(name, session);
    }

    private async Task TalkAsync(DemoPerson alice, DemoPerson bob, CancellationToken cancellationToken)
    {
        await ExchangeAsync(alice, bob, "Hello Bob, is the server up?", cancellationToken).ConfigureAwait(false);
        await ExchangeAsync(bob, alice, "Hello Alice, it is.", cancellationToken).ConfigureAwait(false);
        await ExchangeAsync(alice, bob, "Grüße, Привет, 你好, 👋 — any script goes through.", cancellationToken).ConfigureAwait(false);
        await ExchangeAsync(bob, alice, "Line one\nand line two ✓", cancellationToken).ConfigureAwait(false);
        await FailAsync(alice, $"sip:nobody@{Domain}", cancellationToken).ConfigureAwait(false);
    }

    private async Task ExchangeAsync(DemoPerson sender, DemoPerson recipient, string text, CancellationToken cancellationToken)
    {
        transcript.Write("");
        transcript.Write($"{sender.Name} writes to {recipient.Name}: {SafeText.Indented(text)}");
        var sent = await sender.Account.SendAsync(recipient.Account.Address, text, cancellationToken).ConfigureAwait(false);
        var received = await recipient.NextMessageAsync(cancellationToken).ConfigureAwait(false);
        if (received.Text != text || received.From != sender.Account.Address)
        {
            throw new CliException($"{recipient.Name} got another message than the one that {sender.Name} wrote.");
        }

        if (sent.Status != MessageStatus.Delivered)
        {
            throw new CliException($"The message of {sender.Name} arrived, but is reported as {sent.Status}.");
        }

        transcript.Write($"  {sent.Status}; {recipient.Name} reads from {received.From}: {SafeText.Indented(received.Text)}");
    }

    private async Task FailAsync(DemoPerson sender, string to, CancellationToken cancellationToken)
    {
        transcript.Write("");
        transcript.Write($"{sender.Name} writes to {to}, who does not exist");
        try
        {
            await sender.Account.SendAsync(to, "Is anybody there?", cancellationToken).ConfigureAwait(false);
        }
        catch (MessageDeliveryException e) when (e.Error == ImError.RecipientUnknown)
        {
            transcript.Write($"  {e.ChatMessage.Status}, as it should: {SafeText.OneLine(e.Message)}");
            return;
        }

        throw new CliException($"A message to {to} was taken, though there is no such person.");
    }
}
