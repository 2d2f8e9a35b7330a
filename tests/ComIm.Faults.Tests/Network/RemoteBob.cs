using System.Text.RegularExpressions;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Faults.Tests.Network;

/// <summary>bob, in a process of his own behind a cable of his own.</summary>
internal sealed partial class RemoteBob : IAsyncDisposable
{
    private readonly GuardedProcess _process;
    private bool _isOver;

    private RemoteBob(GuardedProcess process) => _process = process;

    /// <summary>All that he has said.</summary>
    public string Output => _process.Output;

    /// <summary>What he has read, in order.</summary>
    public IReadOnlyList<string> Read => [.. ReadLine().Matches(Output).Select(m => m.Groups[1].Value)];

    /// <summary>What of his has been delivered, as he was told.</summary>
    public IReadOnlyList<string> Delivered => [.. DeliveredLine().Matches(Output).Select(m => m.Groups[1].Value)];

    /// <summary>What of his has failed, with the cause.</summary>
    public IReadOnlyList<string> Failed => [.. FailedLine().Matches(Output).Select(m => m.Groups[1].Value)];

    public static async Task<RemoteBob> SignInAsync(NetworkNamespace network, string server, ImTransport transport, MessagingMode mode)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ComIm.Faults.Host.dll");
        var command = network.CommandOf(Requires.Find("dotnet")!, program, server, transport.ToString(), mode.ToString(), "sip:alice@" + TestServer.Domain);
        var environment = new Dictionary<string, string?> { ["COMIM_PASSWORD"] = "secret-bob" };
        var process = GuardedProcess.Start(Requires.Find("nsenter")!, command, environment: environment);
        var bob = new RemoteBob(process);
        await process.UntilOutputAsync(SignedInLine()).WaitAsync(Cable.Guard);
        return bob;
    }

    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isOver, true))
        {
            await _process.DisposeAsync();
        }
    }

    [GeneratedRegex("^signed in$", RegexOptions.Multiline)]
    private static partial Regex SignedInLine();

    [GeneratedRegex("^read (.*)$", RegexOptions.Multiline)]
    private static partial Regex ReadLine();

    [GeneratedRegex(@"^delivered (\d+)$", RegexOptions.Multiline)]
    private static partial Regex DeliveredLine();

    [GeneratedRegex(@"^failed (\d+: \w+, .+)$", RegexOptions.Multiline)]
    private static partial Regex FailedLine();
}
