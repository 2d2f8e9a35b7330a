namespace ComIm.PowerShell.Tests.Engine;

/// <summary>-TimeoutSec where the server has gone silent: one error that says so, not a minute of nothing.</summary>
public sealed class TimeoutTests
{
    // Sockets that never answer take the server's place, so that not even a closed port is heard of.
    private const string Silence =
        """
        $b = Connect-ImServer bob@example.com $bob -Server $at
        $a = Connect-ImServer alice@example.com $alice -Server $at
        $c = Start-ImConversation bob@example.com
        Stop-ImServer $server
        $silent = [Net.Sockets.UdpClient]::new([Net.IPEndPoint]::Parse($at)), [Net.Sockets.TcpListener]::new([Net.IPEndPoint]::Parse($at))
        $silent[1].Start()
        function Show-Error { "$($e.FullyQualifiedErrorId) $($e.CategoryInfo.Category)" }

        """;

    [SkippableTheory]
    [InlineData("Set-ImPresence Busy", "SetImPresenceCommand")]
    [InlineData("Stop-ImConversation $c", "StopImConversationCommand")]
    [InlineData("Disconnect-ImServer $a", "DisconnectImServerCommand")]
    public async Task SilentServer_IsATimeout(string command, string type) => Assert.Equal(
        [$"ImTimeout,ComIm.PowerShell.{type} OperationTimeout"],
        await PowerShellEngine.RunWithServerAsync(Silence +
            $$"""
            {{command}} -TimeoutSec 1 -ErrorVariable e -ErrorAction SilentlyContinue
            Show-Error
            Get-ImConnection | Disconnect-ImServer -TimeoutSec 1 -ErrorAction SilentlyContinue
            """));

    /// <summary>Longer than a timer takes is said to be too long, and the longest is taken.</summary>
    [SkippableFact]
    public async Task LongestTimeout_IsTaken_AndNoLonger() => Assert.Equal(
        ["hello", "ParameterArgumentValidationError,ComIm.PowerShell.ReceiveImMessageCommand"],
        await PowerShellEngine.RunWithServerAsync(
            """
            $b = Connect-ImServer bob@example.com $bob -Server $at
            $null = Send-ImMessage -To bob@example.com hello
            Receive-ImMessage -Count 1 -TimeoutSec 4294967 | ForEach-Object Text
            try { Receive-ImMessage -Count 1 -TimeoutSec 4294968 } catch { $_.FullyQualifiedErrorId }
            """));
}
