// C# written to the interfaces of the UCC API, as its documentation tells it. No COM is involved, so it runs anywhere.
//
//   dotnet run -- 127.0.0.1:5060 bob@example.com secret                                  waits for somebody, and answers
//   dotnet run -- 127.0.0.1:5060 alice@example.com secret bob@example.com "hello there"  invites somebody, and says something
using ComIm.Samples.UccChat;

if (args.Length is not (3 or 5))
{
    Console.Error.WriteLine("usage: UccChat server user@domain password [peer@domain text]");
    return 2;
}

var client = new Client(args[0], args[1], args[2], args.Length == 5 ? args[3] : null, args.Length == 5 ? args[4] : null);
await client.RunAsync();
return client.HasFailed ? 1 : 0;
