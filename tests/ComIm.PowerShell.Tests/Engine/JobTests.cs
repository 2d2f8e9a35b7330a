namespace ComIm.PowerShell.Tests.Engine;

/// <summary>Cmdlets in jobs: in a process of their own, and in a thread of this one.</summary>
public sealed class JobTests
{
    private const string SignIn =
        "$b = Connect-ImServer bob@example.com $bob -Server $at; $a = Connect-ImServer alice@example.com $alice -Server $at\n" +
        "$module = (Get-Module ComIm).ModuleBase\n";

    [SkippableFact]
    public async Task StartJob_SignsInByItselfAndHandsMessagesBack() => Assert.Equal(
        ["from a job Delivered 200 sip:bob@example.com", "from a job", "Completed"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $job = Start-Job {
                Import-Module $using:module
                'from a job' | Send-ImMessage -To bob@example.com -Credential $using:alice -From alice@example.com -Server $using:at
            }
            $job | Receive-Job -Wait | ForEach-Object { "$($_.Text) $($_.Status) $($_.StatusCode) $($_.To)" }
            Receive-ImMessage -Connection $b -Wait -Count 1 | ForEach-Object Text
            "$($job.State)"
            Remove-Job $job
            """));

    [SkippableFact]
    public async Task Background_OfAReceiver_IsStoppedWithItsJob() => Assert.Equal(
        ["heard", "Stopped", "later"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $job = Start-Job {
                Import-Module $using:module
                $null = Connect-ImServer carol@example.com $using:carol -Server $using:at
                'ready'
                Receive-ImMessage -Wait | ForEach-Object Text
            }
            while ((Receive-Job $job -Keep) -notcontains 'ready') { [void] [Threading.Thread]::Yield() }
            Send-ImMessage -To carol@example.com heard | Out-Null
            while ((Receive-Job $job -Keep) -notcontains 'heard') { [void] [Threading.Thread]::Yield() }
            (Receive-Job $job)[-1]
            Stop-Job $job
            "$($job.State)"
            Remove-Job $job
            Send-ImMessage -To bob@example.com later | Out-Null
            Receive-ImMessage -Connection $b -Wait -Count 1 | ForEach-Object Text
            """));

    [SkippableFact]
    public async Task Runspaces_ShareConnections() => Assert.Equal(
        ["2", "from a thread Delivered"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            'from a thread' | ForEach-Object -Parallel {
                Import-Module $using:module
                (Get-ImConnection).Count
                Send-ImMessage -To bob@example.com $_ -Connection alice* | ForEach-Object { "$($_.Text) $($_.Status)" }
            }
            """));
}
