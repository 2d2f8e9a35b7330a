using System.Text.RegularExpressions;
using ComIm.PowerShell.Tests.Engine;

namespace ComIm.PowerShell.Tests.Documentation;

/// <summary>
/// The blocks of PowerShell in the READMEs. With an engine they are run from the root of the repository as they stand, with these
/// differences: 127.0.0.1:5060 is a server of the test, on which bob answers; Get-Credential asks nobody; ./oncall.csv names bob; what
/// waits until Ctrl+C ends after one message. Without an engine their cmdlets and parameters are looked up.
/// </summary>
public sealed partial class ReadmeTests
{
    private const string World = """
        function New-Person($name) { $secret = [securestring]::new(); foreach ($c in 'secret'.ToCharArray()) { $secret.AppendChar($c) }; [pscredential]::new($name, $secret) }
        function Get-Credential($UserName) { New-Person $UserName }
        $PSDefaultParameterValues['Receive-ImMessage:Count'] = 1
        $world = Start-ImServer example.com (New-Person alice), (New-Person bob), (New-Person carol) -Port 0
        $at = $world.Address.ToString()
        $csv = Join-Path ([IO.Path]::GetTempPath()) "comim-$([guid]::NewGuid()).csv"
        Set-Content $csv "To`nbob@example.com"
        $bob = [powershell]::Create().AddScript("Import-Module '@MODULE'; & '@ROOT/src/Samples/powershell/echo-bot.ps1' bob@example.com `$args[0] -Server $at -Count 3").AddArgument((New-Person bob))
        $bobRuns = $bob.BeginInvoke()
        while (-not (Get-ImConnection bob*)) { [void] [Threading.Thread]::Yield() }
        Set-Location '@ROOT'
        try {
            & {
        @BLOCK
            } | Out-Null
            Get-ImConnection alice* | Disconnect-ImServer
            'done'
        }
        finally {
            Get-ImConnection | Disconnect-ImServer
            $null = $bob.EndInvoke($bobRuns)
            Stop-ImServer
            Remove-Item $csv
        }
        """;

    public static TheoryData<string> Blocks => [.. Readmes.NamesOf("powershell")];

    [SkippableTheory]
    [MemberData(nameof(Blocks))]
    public async Task PowerShell_RunsAsItStands(string name)
    {
        var block = Readmes.Find(name).Text
            .Replace(ReadmeBlock.ExampleAddress, "$at", StringComparison.Ordinal)
            .Replace("./oncall.csv", "$csv", StringComparison.Ordinal);
        var script = World
            .Replace("@MODULE", StagedModule.Folder, StringComparison.Ordinal)
            .Replace("@ROOT", Readmes.Root, StringComparison.Ordinal)
            .Replace("@BLOCK", block, StringComparison.Ordinal);

        Assert.Equal(["done"], await PowerShellEngine.RunAsync(script));
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Cmdlets_AreThoseOfTheModule(string name)
    {
        var calls = Call().Matches(Readmes.Find(name).Text);

        Assert.NotEmpty(calls);
        Assert.All(calls, call =>
        {
            var cmdlet = Assert.Contains(call.Groups["cmdlet"].Value, StagedModule.CmdletInfos);
            var known = cmdlet.Parameters.SelectMany(parameter => parameter.Names).ToList();
            Assert.All(call.Groups["parameter"].Captures, parameter => Assert.Contains(parameter.Value, known, StringComparer.OrdinalIgnoreCase));
        });
    }

    // A call up to the end of its pipeline element; what stands in quotes or parentheses names no parameter of it.
    [GeneratedRegex(@"\b(?<cmdlet>[A-Z][a-z]+-Im[A-Z]\w*)(?:\s-(?<parameter>[A-Za-z]+)\b|'[^']*'|""[^""]*""|\([^)]*\)|[^|;{}\r\n'""(\s-]|[ \t]|-)*")]
    private static partial Regex Call();
}
