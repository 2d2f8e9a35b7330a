namespace ComIm.PowerShell.Tests.Engine;

/// <summary>Conversations, participants, presence, contacts, history, events, jobs and Ctrl+C in a real engine.</summary>
public sealed class SessionTests
{
    private const string SignIn =
        "$b = Connect-ImServer bob@example.com $bob -Server $at; $a = Connect-ImServer alice@example.com $alice -Server $at\n";

    [SkippableFact]
    public async Task Conversation_IsStartedSpokenInAndStopped() => Assert.Equal(
        ["sip:bob@example.com Connected Release", "Delivered", "Ready?", "sip:alice@example.com,sip:bob@example.com", "Disconnected"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $c = Start-ImConversation bob@example.com -Subject Release
            "$($c.Peer) $($c.State) $($c.Subject)"
            $c | Send-ImMessage -Text 'Ready?' | ForEach-Object { "$($_.Status)" }
            Receive-ImMessage -Connection $b -Wait -Count 1 | ForEach-Object Text
            (Get-ImParticipant $c).SipAddress -join ','
            (Stop-ImConversation $c -PassThru).State
            """));

    [SkippableFact]
    public async Task ThirdPerson_IsAddedHearsAndIsRemoved() => Assert.Equal(
        ["sip:carol@example.com", "True", "alice bob carol", "welcome, welcome", "sip:carol@example.com", "alice bob"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $k = Connect-ImServer carol@example.com $carol -Server $at
            $c = Start-ImConversation bob@example.com -Subject Release -Connection $a
            Add-ImParticipant $c carol@example.com -PassThru | ForEach-Object SipAddress
            $c.IsConference
            function Get-Name { ((Get-ImParticipant $c).SipAddress -replace '^sip:|@.*$' | Sort-Object) -join ' ' }
            Get-Name
            $c | Send-ImMessage -Text 'welcome' | Out-Null
            ($b, $k | ForEach-Object { Receive-ImMessage alice* -Connection $_ -Wait -Count 1 } | ForEach-Object Text) -join ', '
            Register-ImEvent ParticipantRemoved -InputObject $c -SourceIdentifier gone
            Get-ImParticipant $c carol* | Remove-ImParticipant -Conversation $c -PassThru | ForEach-Object SipAddress
            $null = Wait-Event -SourceIdentifier gone -Timeout 20
            Get-Name
            """));

    [SkippableFact]
    public async Task Group_OfSeveralIsBegunAndOneWhoDoesNotComeIsOneError() => Assert.Equal(
        ["ImRecipientUnknown,ComIm.PowerShell.StartImConversationCommand nobody@example.com", "bob carol", "hello all"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $k = Connect-ImServer carol@example.com $carol -Server $at
            $g = Start-ImConversation bob@example.com, nobody@example.com, carol@example.com -Connection $a -ErrorVariable e -ErrorAction SilentlyContinue
            "$($e[0].FullyQualifiedErrorId) $($e[0].TargetObject)"
            ($g.Participants.Address -replace '^sip:|@.*$' | Sort-Object) -join ' '
            $g | Send-ImMessage -Text 'hello all' | Out-Null
            Receive-ImMessage -Connection $k -Wait -Count 1 | ForEach-Object Text
            """));

    [SkippableFact]
    public async Task Presence_IsSetAndSeen() => Assert.Equal(
        ["Busy Meeting until three", "Busy until three", "Unknown"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            $own = Set-ImPresence Busy 'until three' -Activity Meeting -PassThru
            "$($own.Availability) $($own.Activities) $($own.Note)"
            $seen = Get-ImPresence alice@example.com -Connection $b
            "$($seen.Availability) $($seen.Note)"
            Set-ImPresence Unknown
            "$((Get-ImPresence).Availability)"
            """));

    [SkippableFact]
    public async Task Contacts_AreAddedFoundAndRemoved() => Assert.Equal(
        ["Bob", "sip:bob@example.com", "sip:carol@example.com", "sip:carol@example.com", "ImRecipientUnknown,ComIm.PowerShell.RemoveImContactCommand", "1"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            (Add-ImContact bob@example.com 'Bob' -Group Friends -PassThru).DisplayName
            [pscustomobject]@{ Mail = 'carol@example.com'; Name = 'Carol' } | Add-ImContact
            (Get-ImContact -Group fr*).Address
            (Get-ImContact Car*).Address
            (Get-ImPresence c* -TimeoutSec 20).Address
            Get-ImContact Car* | Remove-ImContact
            Remove-ImContact zoe@example.com -ErrorVariable e -ErrorAction SilentlyContinue
            $e[0].FullyQualifiedErrorId
            @(Get-ImContact).Count
            """));

    [SkippableFact]
    public async Task History_HasBothDirections() => Assert.Equal(
        ["one", "two", "two"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            Send-ImMessage -To bob@example.com 'one' | Out-Null
            Send-ImMessage -To alice@example.com 'two' -Connection $b | Out-Null
            Receive-ImMessage -Wait -Count 1 | Out-Null
            Get-ImHistory bob* | ForEach-Object Text
            Get-ImConversation -Connection $a | Get-ImHistory -Last 1 | ForEach-Object Text
            """));

    [SkippableFact]
    public async Task Events_ComeThroughTheQueueAndToActions() => Assert.Equal(
        ["queued", "acted: queued", "ImNoSuchEvent,ComIm.PowerShell.RegisterImEventCommand"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            Register-ImEvent MessageReceived -Connection $b -SourceIdentifier waiting
            $job = Register-ImEvent MessageReceived -Connection $b -Action { "acted: $($EventArgs.Message.Text)" }
            Send-ImMessage -To bob@example.com 'queued' | Out-Null
            (Wait-Event -SourceIdentifier waiting -Timeout 20).SourceEventArgs.Message.Text
            Receive-Job $job -Wait:$false
            try { Register-ImEvent Nonsense -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
            Get-EventSubscriber | Unregister-Event
            """));

    [SkippableFact]
    public async Task TestImServer_NamesTheStepThatFails() => Assert.Equal(
        ["Address Name Connection Tls Answer Registration", "True", "Registration", "False", "Name", "Connection"],
        await PowerShellEngine.RunWithServerAsync(
            """
            (Test-ImServer alice@example.com $alice -Server $at).Kind -join ' '
            Test-ImServer -Server $at -Quiet
            (Test-ImServer alice@example.com $bob -Server $at | Where-Object Result -eq Failed).Kind
            Test-ImServer alice@example.com $bob -Server $at -Quiet
            (Test-ImServer -Server no-such-host.invalid | Where-Object Result -eq Failed).Kind
            (Test-ImServer -Server 127.0.0.1:9 -Transport Tcp | Where-Object Result -eq Failed).Kind
            """));

    [SkippableFact]
    public async Task OtherRunspaces_ShareTheConnections() => Assert.Equal(
        ["sip:alice@example.com", "Delivered"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            $$"""
            $shell = [powershell]::Create().AddScript("Import-Module '{{StagedModule.Folder}}'; (Get-ImConnection -Default).Address; (Send-ImMessage -To bob@example.com hi).Status")
            $shell.Invoke() | ForEach-Object { "$_" }
            """));

    [SkippableFact]
    public async Task CtrlC_EndsAWaitAndTakesAnInvitationBack() => Assert.Equal(
        ["Stopped", "Stopped", "CANCEL"],
        await PowerShellEngine.RunWithServerAsync(
            $$"""
            $path = Join-Path ([IO.Path]::GetTempPath()) "comim-$([guid]::NewGuid()).txt"
            $b = Connect-ImServer bob@example.com $bob -Server $at -IncomingConversation Ask
            Register-ImEvent ConversationRequested -Connection $b -SourceIdentifier ringing
            $a = Connect-ImServer alice@example.com $alice -Server $at
            Enable-ImTrace $path -Connection $a
            function Stop-Running($script) {
                $shell = [powershell]::Create().AddScript("Import-Module '{{StagedModule.Folder}}'; [void] `$args[0].Set(); $script").AddArgument(($begun = [Threading.ManualResetEventSlim]::new()))
                $running = $shell.BeginInvoke()
                [void] $begun.Wait(20000)
                if ($script -like 'Start*') { $null = Wait-Event -SourceIdentifier ringing -Timeout 20 }
                $shell.Stop()
                "$($shell.InvocationStateInfo.State)"
            }
            Stop-Running 'Receive-ImMessage -Wait'
            Stop-Running 'Start-ImConversation bob@example.com'
            Disconnect-ImServer $a
            Disable-ImTrace
            if ((Get-Content $path -Raw) -match '(?m)^CANCEL ') { 'CANCEL' }
            Remove-Item $path
            """));

    [SkippableFact]
    public async Task Completion_KnowsPeopleConnectionsConversationsEventsAndPresence() => Assert.Equal(
        ["sip:bob@example.com sip:bert@example.com", "sip:alice@example.com", "sip:bob@example.com", "ConversationRemoved ConversationRequested", "BeRightBack Busy"],
        await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            Send-ImMessage -To bob@example.com 'hi' | Out-Null
            Add-ImContact bob@example.com; Add-ImContact bert@example.com
            function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join ' ' }
            Complete 'Send-ImMessage -To b'
            Complete 'Get-ImHistory -Connection a'
            Complete 'Stop-ImConversation bo'
            Complete 'Register-ImEvent ConversationR'
            Complete 'Set-ImPresence B'
            """));

    [SkippableFact]
    public async Task Tables_ShowWhatTheFormatFileSays() => Assert.Equal(
        ["Id Address Server Transport State Default", "Time From To Status Text", "Domain Address Tls Waiting", "Step Result Finding Advice"],
        (await PowerShellEngine.RunWithServerAsync(SignIn +
            """
            function Header($value) { (($value | Out-String -Width 200).Split("`n") | Where-Object { $_.Trim() } | Select-Object -First 1).Trim() -replace '\s+', ' ' }
            Header $a; Header (Send-ImMessage -To bob@example.com hi); Header $server; Header (Test-ImServer -Server $at)
            """)));

    [SkippableFact]
    public async Task RegisterImComServer_OffWindows_SaysThatComIsNotThere()
    {
        Skip.If(OperatingSystem.IsWindows(), "shows what other systems than Windows are told");
        Assert.Equal(
            ["ImComRegistration,ComIm.PowerShell.RegisterImComServerCommand"],
            await PowerShellEngine.RunAsync("try { Register-ImComServer } catch { $_.FullyQualifiedErrorId }"));
    }
}
