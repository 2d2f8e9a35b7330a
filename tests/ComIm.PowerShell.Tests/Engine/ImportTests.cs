namespace ComIm.PowerShell.Tests.Engine;

/// <summary>The module as the engine sees it.</summary>
public sealed class ImportTests
{
    [SkippableFact]
    public async Task Import_IsSilentAndExportsTheCmdlets() => Assert.Equal(
        Manifest.List("CmdletsToExport").Order(),
        (await PowerShellEngine.RunAsync("(Get-Command -Module ComIm).Name")).Order());

    [SkippableFact]
    public async Task Manifest_IsValid() => Assert.Equal(
        [$"ComIm {StagedModule.BuildVersion} 0"],
        await PowerShellEngine.RunAsync(
            $"$m = Test-ModuleManifest '{Path.Combine(StagedModule.Folder, "ComIm.psd1")}' -WarningVariable w; \"$($m.Name) $($m.Version) $($w.Count)\""));

    [SkippableFact]
    public async Task Import_KeepsDependenciesInTheirOwnContext() => Assert.Equal(
        ["ComIm"],
        await PowerShellEngine.RunWithServerAsync(
            """
            $null = Connect-ImServer alice@example.com $alice -Server $at
            [System.Runtime.Loader.AssemblyLoadContext]::All |
                Where-Object { $_.Assemblies.GetName().Name -match '^(ComIm\.(Sip|Client|Server)|Microsoft\.Data\.Sqlite)$' } |
                ForEach-Object Name
            """));

    [SkippableFact]
    public async Task RemoveModule_SignsOutAndCanBeImportedAgain() => Assert.Equal(
        ["SignedIn", "SignedOut", "25"],
        await PowerShellEngine.RunWithServerAsync(
            $"""
            $c = Connect-ImServer alice@example.com $alice -Server $at
            "$($c.State)"
            Remove-Module ComIm
            "$($c.State)"
            Import-Module '{StagedModule.Folder}'
            (Get-Command -Module ComIm).Count
            """));

    [SkippableFact]
    public async Task SessionThatEnds_SignsOut() => Assert.Equal(
        ["1", "0"],
        await PowerShellEngine.RunWithServerAsync(
            $$"""
            $env:COMIM_TEST_SECRET = $alice.GetNetworkCredential().Password
            & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "
                Import-Module '{{StagedModule.Folder}}'
                `$secret = [securestring]::new(); foreach (`$c in `$env:COMIM_TEST_SECRET.ToCharArray()) { `$secret.AppendChar(`$c) }
                `$null = Connect-ImServer alice@example.com ([pscredential]::new('alice', `$secret)) -Server $at
                @(Get-ImConnection).Count"
            $server.Location.Count
            """));

    [SkippableFact]
    public async Task ServerStore_FindsItsNativeLibrary() => Assert.Equal(
        ["Accepted 202", "1"],
        await PowerShellEngine.RunWithServerAsync(
            """
            $path = Join-Path ([IO.Path]::GetTempPath()) "comim-$([guid]::NewGuid()).db"
            $store = Start-ImServer example.org $alice, $bob -Port 0 -StorePath $path
            $null = Connect-ImServer alice@example.org $alice -Server $store.Address
            $m = Send-ImMessage -To bob@example.org 'for later'
            "$($m.Status) $($m.StatusCode)"
            $store.WaitingMessages
            Disconnect-ImServer; $store | Stop-ImServer; Remove-Item "$path*"
            """));

    [SkippableFact]
    public async Task GetHelp_HasExamplesForEveryCmdlet() => Assert.Empty(await PowerShellEngine.RunAsync(
        """
        foreach ($c in Get-Command -Module ComIm) {
            $h = Get-Help $c.Name -Full
            if (@($h.examples.example).Count -lt $c.ParameterSets.Count) { "$($c.Name): too few examples" }
            if (@($h.syntax.syntaxItem).Count -ne $c.ParameterSets.Count) { "$($c.Name): syntax" }
            if (-not $h.description.Text) { "$($c.Name): no description" }
        }
        if ((Get-Help about_ComIm | Out-String) -notmatch 'SENDING IN ONE LINE') { 'no about' }
        """));

    [SkippableFact]
    public async Task Examples_ParseAndBind() => Assert.Empty(await PowerShellEngine.RunAsync(
        """
        foreach ($c in Get-Command -Module ComIm) {
            foreach ($example in (Get-Help $c.Name -Full).examples.example) {
                $errors = $null
                $ast = [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $errors)
                foreach ($e in $errors) { "$($c.Name): $e" }
                $calls = $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
                foreach ($call in $calls | Where-Object { $_.GetCommandName() -like '*-Im*' }) {
                    $bound = [System.Management.Automation.Language.StaticParameterBinder]::BindCommand($call, $true)
                    foreach ($e in $bound.BindingExceptions.Values) { "$($c.Name): $($call): $($e.BindingException.Message)" }
                }
            }
        }
        """));

    [SkippableFact]
    public async Task Analyzer_FindsNothing()
    {
        var root = Path.GetFullPath(Path.Combine(StagedModule.Folder, "..", ".."));
        var lines = await PowerShellEngine.RunAsync(
            $$"""
            if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) { 'absent'; return }
            Invoke-ScriptAnalyzer -Path '{{Path.Combine(root, "build.ps1")}}' | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName)" }
            Invoke-ScriptAnalyzer -Path '{{Path.Combine(root, "module")}}' -Recurse | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName)" }
            Invoke-ScriptAnalyzer -Path '{{Path.Combine(root, "src", "Samples", "powershell")}}' -Recurse | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName)" }
            """);
        Skip.If(lines is ["absent"], "needs a PowerShell engine with PSScriptAnalyzer");
        Assert.Empty(lines);
    }
}
