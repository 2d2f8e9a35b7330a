using System.Collections.Concurrent;
using ComIm.Client;
using ComIm.Client.Presence;
using ComIm.Com.Tests.UccApi;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// Presence, contacts, access levels and the search of the UCC API from outside: each interface of the list is used for its purpose
/// by an application that is not ours, in VBScript or in C++ against the original IIDs.
/// </summary>
[Collection(WineCollection.Name)]
public sealed class PresenceStoryTests(WinePrefix wine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public void The_list_names_interfaces_of_the_data() =>
        Assert.Empty(Listed.Except(Data.Contract.Interfaces.Select(i => i.Name)));

    [SkippableFact]
    public async Task Every_interface_of_the_list_is_used_in_VBScript()
    {
        WinePrefix.Demand();
        await using var scene = await Scene.StartAsync();
        var output = await scene.PlayAsync(wine.RunScriptAsync(ChatTests.Script("ucc-presence.vbs"), scene.Address));
        ProgramOutput.AssertNothingWrong(output);
        Assert.Contains(scene.Seen, s => s.Availability == PresenceAvailability.DoNotDisturb && s.Activities.Contains(PresenceActivity.Presentation) && s.Note == "on stage");
        Assert.DoesNotContain(scene.Seen, s => s.ToString().Contains("for few", StringComparison.Ordinal));
        Assert.Empty(Listed.Except(Used(output)));
    }

    [SkippableTheory]
    [InlineData("inproc")]
    [InlineData("local")]
    public async Task A_client_of_the_original_follows_presence_as_documented(string mode)
    {
        WinePrefix.Demand();
        await wine.RegisterAsync("--uccapi", "--surrogate");
        try
        {
            await wine.TwiceIfLostAsync(async () =>
            {
                await using var scene = await Scene.StartAsync();
                var program = await UccClient.CompileAsync(wine, "presence.cpp");
                var output = await scene.PlayAsync(wine.RunMarkedAsync("presence", [WinePrefix.ToWindows(program), mode, scene.Address]));
                ProgramOutput.AssertNothingWrong(output);
                Assert.Contains("IUccContainerMembershipManager", Used(output));
                Assert.Empty(Used(output).Except(Listed));
            });
        }
        finally
        {
            await wine.EndServersAsync();
            await wine.RegisterAsync();
        }
    }

    private static string[] Listed { get; } =
        File.ReadAllLines(Path.Combine(Repository.Root, "tests", "ComIm.Com.Tests", "Wine", "Expected", "presence.txt"));

    private static IEnumerable<string> Used(string output) => output.Split('\n', StringSplitOptions.TrimEntries)
        .Where(l => l.StartsWith("used: ", StringComparison.Ordinal)).Select(l => l["used: ".Length..]);

    /// <summary>A server, bob who says what he does, and carol who sees what alice says and gives the cues.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly ImClient _carol = new();
        private readonly ConcurrentQueue<PresenceStatus> _seen = [];
        private TestServer _server = null!;
        private PresenceBob _bob = null!;
        private Presentity _alice = null!;

        private Scene()
        {
        }

        public string Address => _server.Address;

        /// <summary>What alice has said.</summary>
        public IReadOnlyCollection<PresenceStatus> Seen => _seen;

        public static async Task<Scene> StartAsync()
        {
            var scene = new Scene { _server = await TestServer.StartAsync() };
            scene._bob = new PresenceBob(scene._server);
            var account = await scene._carol.SignInAsync(scene._server.SettingsOf("carol"));
            scene._alice = account.Presence.Watch("sip:alice@" + TestServer.Domain);
            return scene;
        }

        /// <summary>Gives an application its cues until it has ended.</summary>
        public async Task<string> PlayAsync(Task<string> application)
        {
            var cues = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _alice.Changed += (_, e) =>
            {
                _seen.Enqueue(e.Status);
                _ = GiveAsync(e.Status.Note, cues);
            };
            if (await Task.WhenAny(application, cues.Task) == cues.Task && await cues.Task is { } failure)
            {
                throw failure;
            }

            return await application;
        }

        public async ValueTask DisposeAsync()
        {
            await Task.Run(_bob.Leave).WaitAsync(Patience);
            await _carol.DisposeAsync();
            await _server.DisposeAsync();
        }

        private async Task GiveAsync(string? note, TaskCompletionSource<Exception?> cues)
        {
            try
            {
                if (note == "go")
                {
                    await Task.Run(_bob.Change);
                }
                else if (note == "restart")
                {
                    var endPoint = _server.Server.LocalEndPoint;
                    await _server.DisposeAsync();
                    _server = await TestServer.StartAsync(endPoint);
                }
            }
#pragma warning disable CA1031 // Whatever goes wrong is shown by the test.
            catch (Exception e)
#pragma warning restore CA1031
            {
                cues.TrySetResult(e);
            }
        }
    }
}
