using System.Globalization;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;

// One end of a chat, in a process that is put into a network of its own: says what it reads, and writes a number each half second
// until it is killed. Arguments: the server, the transport, the mode, the address of the other.
var pause = TimeSpan.FromMilliseconds(500);
await using var client = new ImClient();
var account = await client.SignInAsync(
    new ImAccountSettings
    {
        Address = "sip:bob@example.com",
        Password = Environment.GetEnvironmentVariable("COMIM_PASSWORD"),
        Server = args[0],
        Transport = Enum.Parse<ImTransport>(args[1]),
        MessagingMode = Enum.Parse<MessagingMode>(args[2]),
    },
    a =>
    {
        a.StateChanged += (_, e) => Say($"state {e.NewState}: {e.Cause?.Message}");
        a.MessageReceived += (_, e) => Say($"read {e.Message.Text}");
    });
client.NetworkChanged += (_, _) => Say("network changed");
Say("signed in");
var conversation = account.GetConversation(args[3]);
for (var number = 0; ; number++)
{
    try
    {
        await conversation.SendAsync(number.ToString(CultureInfo.InvariantCulture));
        Say($"delivered {number}");
    }
    catch (MessageDeliveryException e)
    {
        Say($"failed {number}: {e.Error}, {e.Message}");
    }

    await Task.Delay(pause, TimeProvider.System);
}

static void Say(string line) => Console.WriteLine(line.ReplaceLineEndings(" "));
