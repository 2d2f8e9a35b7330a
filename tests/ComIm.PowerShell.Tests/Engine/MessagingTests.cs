namespace ComIm.PowerShell.Tests.Engine;

/// <summary>Sending and receiving in a real pipeline, against the embedded server.</summary>
public sealed class MessagingTests
{
    private const string SignIn =
        "$b = Connect-ImServer bob@example.com $bob -Server $at -Transport Tcp; $a = Connect-ImServer alice@example.com $alice -Server $at\n";

    [SkippableFact]
    public async Task ThousandMessages_OfThreeConnections_AllArrive() => Assert.Equal(
        ["3", "1000 Delivered", "1000", "1 1000"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $null = Connect-ImServer carol@example.com $carol -Server $at
            (Get-ImConnection).Count
            1..1000 | Send-ImMessage -To bob@example.com | Group-Object Status | ForEach-Object { "$($_.Count) $($_.Name)" }
            $got = @(Receive-ImMessage -Connection $b -Count 1000 -TimeoutSec 30)
            $got.Count
            "$($got[0].Text) $($got[-1].Text)"
            """));

    [SkippableFact]
    public async Task Bot_OfThreeLines_Answers() => Assert.Equal(
        ["You said: one", "You said: two"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            'one', 'two' | Send-ImMessage -To bob@example.com -Connection $a | Out-Null
            $b.MakeDefault()
            Receive-ImMessage -Wait -Count 2 | ForEach-Object {
                Send-ImMessage -To $_.From "You said: $($_.Text)" | Out-Null
            }
            Receive-ImMessage -Connection $a -Wait -Count 2 | ForEach-Object Text
            """));

    [SkippableFact]
    public async Task Rows_AreTakenByTheirProperties() => Assert.Equal(
        ["row 1", "row 2", "fixed", "csv"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            [pscustomobject]@{ Mail = 'bob@example.com'; Body = 'row 1' }, [pscustomobject]@{ Uri = 'sip:bob@example.com'; Message = 'row 2' } |
                Send-ImMessage | ForEach-Object Text
            [pscustomobject]@{ SipAddress = 'bob@example.com' } | Send-ImMessage -Text 'fixed' | ForEach-Object Text
            "To,Text`nbob@example.com,csv" | ConvertFrom-Csv | Send-ImMessage | ForEach-Object Text
            """));

    [SkippableFact]
    public async Task BadRecipient_IsOneErrorAndTheRestGoOut() => Assert.Equal(
        [
            "bob Delivered", "bob Delivered",
            "ImRecipientUnknown,ComIm.PowerShell.SendImMessageCommand ObjectNotFound nobody@example.com",
            "ImBadAddress,ComIm.PowerShell.SendImMessageCommand InvalidArgument not an address",
            "ImRecipientUnavailable,ComIm.PowerShell.SendImMessageCommand ResourceUnavailable carol@example.com",
        ],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            Send-ImMessage -To bob@example.com, nobody@example.com, 'not an address', carol@example.com, bob@example.com 'hi' -ErrorVariable failed -ErrorAction SilentlyContinue |
                ForEach-Object { "bob $($_.Status)" }
            $failed | ForEach-Object { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category) $($_.TargetObject)" }
            """));

    [SkippableFact]
    public async Task Credential_SignsInOnceForThePipelineAndOutAtItsEnd() => Assert.Equal(
        ["Delivered Delivered Delivered", "4", "1"],
        await PowerShellEngine.RunWithServerAsync(
            """
            $null = Connect-ImServer bob@example.com $bob -Server $at
            $path = Join-Path ([IO.Path]::GetTempPath()) "comim-$([guid]::NewGuid()).txt"
            Enable-ImTrace $path
            (1..3 | Send-ImMessage -To bob@example.com -Credential $alice -From alice@example.com -Server $at).Status -join ' '
            Disable-ImTrace
            $text = Get-Content $path -Raw
            # In, challenged and answered; out likewise, or once where the nonce is still good.
            [Math]::Max(4, [regex]::Matches($text, '(?m)^REGISTER ').Count)
            (Get-ImConnection).Count
            if ($text -match 'alice-secret') { 'the trace has the password' }
            Remove-Item $path
            """));

    [SkippableFact]
    public async Task WrongPassword_EndsThePipelineWithItsCause() => Assert.Equal(
        ["ImAuthenticationFailed,ComIm.PowerShell.SendImMessageCommand"],
        await PowerShellEngine.RunWithServerAsync(
            """
            $wrong = [pscredential]::new('alice@example.com', $bob.Password)
            try { 1..3 | Send-ImMessage -To bob@example.com -Credential $wrong -Server $at } catch { $_.FullyQualifiedErrorId }
            """));

    [SkippableFact]
    public async Task WhatIf_SendsNothing() => Assert.Equal(
        ["0"],
        (await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            Send-ImMessage -To bob@example.com 'no' -WhatIf
            Send-ImMessage -To bob@example.com 'no' -Credential $alice -From alice@example.com -Server $at -WhatIf
            @(Receive-ImMessage -Connection $b).Count
            """)).Where(line => !line.StartsWith("What if: ", StringComparison.Ordinal)));

    [SkippableFact]
    public async Task Receive_ThatThePipelineCutsShort_KeepsTheRest() => Assert.Equal(
        ["1", "2", "3", "none"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            1..3 | Send-ImMessage -To bob@example.com | Out-Null
            Receive-ImMessage -Connection $b -Wait | Select-Object -First 1 | ForEach-Object Text
            Receive-ImMessage -Connection $b | ForEach-Object Text
            if (-not (Receive-ImMessage -Connection $b)) { 'none' }
            """));

    [SkippableFact]
    public async Task Receive_FromSome_LeavesTheOthers() => Assert.Equal(
        ["from carol", "from alice"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $null = Connect-ImServer carol@example.com $carol -Server $at
            Send-ImMessage -To bob@example.com 'from alice' -Connection $a | Out-Null
            Send-ImMessage -To bob@example.com 'from carol' | Out-Null
            Receive-ImMessage 'carol*' -Connection $b -Wait -Count 1 | ForEach-Object Text
            Receive-ImMessage -Connection $b | ForEach-Object Text
            """));

    [SkippableFact]
    public async Task Receive_AfterTooMany_WarnsOnce() => Assert.Equal(
        ["7 messages have come that nobody received in time", "999", "0"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $null = Connect-ImServer carol@example.com $carol -Server $at
            1..1006 | Send-ImMessage -To bob@example.com -Connection $a | Out-Null
            Send-ImMessage -To bob@example.com 'last' | Out-Null
            Receive-ImMessage carol* -Connection $b -Wait -Count 1 -WarningVariable lost -WarningAction SilentlyContinue | Out-Null
            $lost -replace ',.*'
            @(Receive-ImMessage -Connection $b -WarningVariable more).Count
            $more.Count
            """));

    [SkippableFact]
    public async Task LongPipeline_ShowsProgressAndTakesItBack() => Assert.Equal(
        ["Sending messages", "True", "Completed", "True"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $shell = [powershell]::Create()
            $shown = $shell.Streams.Progress
            $null = $shell.AddScript("param(`$shown, `$a) Import-Module '$((Get-Module ComIm).ModuleBase)'; & { while (-not `$shown.Count) { 'hi' } } | Send-ImMessage -To bob@example.com -Connection `$a").AddArgument($shown).AddArgument($a)
            $sent = $shell.Invoke()
            $shown[0].Activity
            $shown[0].StatusDescription -match '^\d+ sent, the last one to bob@example.com$'
            "$($shown[-1].RecordType)"
            $shown[-1].StatusDescription -eq "$($sent.Count) sent"
            """));

    [SkippableFact]
    public async Task ShortPipeline_ShowsNoProgress() => Assert.Equal(
        ["0"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $shell = [powershell]::Create()
            $null = $shell.AddScript("param(`$a) Import-Module '$((Get-Module ComIm).ModuleBase)'; Send-ImMessage -To bob@example.com hi -Connection `$a").AddArgument($a)
            $null = $shell.Invoke()
            $shell.Streams.Progress.Count
            """));

    [SkippableFact]
    public async Task Verbose_ShowsTheLadder() => Assert.Contains(
        await PowerShellEngine.RunWithServerAsync(SignIn + "Send-ImMessage -To bob@example.com 'hi' -Verbose 4>&1 | ForEach-Object { \"$_\" }"),
        line => line.Contains("-> ", StringComparison.Ordinal) && line.Contains("MESSAGE sip:bob@example.com", StringComparison.Ordinal));

    [SkippableFact]
    public async Task SendImMessage_WithoutAConnection_SaysWhatToDo() => Assert.Equal(
        ["ImNotSignedIn,ComIm.PowerShell.SendImMessageCommand"],
        await PowerShellEngine.RunAsync("try { Send-ImMessage -To sip:bob@example.com hi } catch { $_.FullyQualifiedErrorId }"));

    [SkippableFact]
    public async Task ConnectImServer_ToNobody_IsOneErrorWithIdAndCategory() => Assert.Equal(
        ["ImServerUnreachable,ComIm.PowerShell.ConnectImServerCommand", "ConnectionError", "sip:alice@example.com"],
        await PowerShellEngine.RunAsync(
            """
            $c = [pscredential]::new('alice', [securestring]::new())
            Connect-ImServer sip:alice@example.com $c -Server 127.0.0.1:9 -Transport Tcp -ErrorVariable e -ErrorAction SilentlyContinue
            $e[0].FullyQualifiedErrorId; $e[0].CategoryInfo.Category; $e[0].TargetObject
            """));
}
