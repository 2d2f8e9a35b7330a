namespace ComIm.PowerShell.Tests.Engine;

/// <summary>The scripts of src/Samples/powershell do what they say.</summary>
public sealed class SampleTests
{
    private static readonly string Folder =
        Path.GetFullPath(Path.Combine(StagedModule.Folder, "..", "..", "src", "Samples", "powershell"));

    [SkippableFact]
    public async Task EchoBot_AnswersAndSignsOut() => Assert.Equal(
        ["Delivered", "You said: hello", "sip:alice@example.com"],
        await PowerShellEngine.RunWithServerAsync(
            $$"""
            $a = Connect-ImServer alice@example.com $alice -Server $at
            $shell = [powershell]::Create().AddScript("Import-Module '{{StagedModule.Folder}}'; & '{{Folder}}/echo-bot.ps1' bob@example.com `$args[0] -Server $at -Count 1").AddArgument($bob)
            $running = $shell.BeginInvoke()
            while (-not (Get-ImConnection bob*)) { [void] [Threading.Thread]::Yield() }
            Send-ImMessage -To bob@example.com 'hello' -Connection $a | ForEach-Object { "$($_.Status)" }
            Receive-ImMessage -Connection $a -Wait -Count 1 | ForEach-Object Text
            $null = $shell.EndInvoke($running)
            (Get-ImConnection).SipAddress
            """));

    [SkippableFact]
    public async Task Notify_TellsWhoDidNotGetIt() => Assert.Equal(
        ["sip:bob@example.com Delivered", "nobody@example.com Failed"],
        await PowerShellEngine.RunWithServerAsync(
            $$"""
            $null = Connect-ImServer bob@example.com $bob -Server $at
            $csv = Join-Path ([IO.Path]::GetTempPath()) "comim-$([guid]::NewGuid()).csv"
            Set-Content $csv "Mail`nbob@example.com`nnobody@example.com"
            & '{{Folder}}/notify.ps1' $csv 'disk full' alice@example.com $alice $at | ForEach-Object { "$($_.To) $($_.Status)" }
            Remove-Item $csv
            """));

    [SkippableFact]
    public async Task WatchPresence_EmitsChanges() => Assert.Equal(
        ["Busy lunch"],
        (await PowerShellEngine.RunWithServerAsync(
            $$"""
            $b = Connect-ImServer bob@example.com $bob -Server $at
            $a = Connect-ImServer alice@example.com $alice -Server $at
            & '{{Folder}}/watch-presence.ps1' bob@example.com -TimeoutSec 20 | ForEach-Object {
                "$($_.Availability) $($_.Note)"
                Set-ImPresence Busy lunch -Connection $b
            } | Where-Object { $_ -like 'Busy*' } | Select-Object -First 1
            """)));
}
