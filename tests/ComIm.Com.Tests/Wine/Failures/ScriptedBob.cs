using System.Globalization;
using System.Net;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Client.Sessions;

namespace ComIm.Com.Tests.Wine.Failures;

/// <summary>bob, who does what he is told in a session, and says there what he was answered.</summary>
internal sealed class ScriptedBob : IAsyncDisposable
{
    private readonly ImClient _client = new();
    private readonly TaskCompletionSource _farewell = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImAccount _account = null!;
    private ImSession? _invitation;

    private ScriptedBob()
    {
    }

    /// <summary>He was told "farewell".</summary>
    public Task Farewell => _farewell.Task;

    public static async Task<ScriptedBob> SignInAsync(IPEndPoint server)
    {
        var bob = new ScriptedBob();
        bob._account = await bob._client.SignInAsync(FailurePeers.SettingsOf("bob", server), account => account.SessionOffered += (_, e) => bob.Take(e.Session));
        return bob;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private void Take(ImSession line)
    {
        line.MessageReceived += (_, e) => Obey(line, e.Content.Text);
        line.Accept();
    }

    private void Obey(ImSession line, string command)
    {
        switch (command)
        {
            case "invite me":
                Invite().StateChanged += (_, e) => Tell(line, e.Cause?.StatusCode ?? 0, e.NewState == ImSessionState.Ended);
                _invitation!.Start();
                break;
            case "invite me and give up":
                Invite().Start();
                break;
            case "give up":
                _ = _invitation!.EndAsync();
                break;
            case "write to me":
                _ = WriteAsync(line);
                break;
            case "farewell":
                _farewell.TrySetResult();
                break;
        }
    }

    private ImSession Invite() => _invitation = _account.CreateSession("sip:alice@example.com");

    private static async Task WriteAsync(ImSession line)
    {
        int statusCode;
        try
        {
            statusCode = (await line.SendAsync(MessageContent.Plain("not wanted"))).StatusCode;
        }
        catch (ImException e)
        {
            statusCode = e.StatusCode;
        }

        Tell(line, statusCode, isOver: true);
    }

    private static void Tell(ImSession line, int statusCode, bool isOver)
    {
        if (isOver)
        {
            _ = line.SendAsync(MessageContent.Plain(string.Create(CultureInfo.InvariantCulture, $"I was answered {statusCode}")));
        }
    }
}
