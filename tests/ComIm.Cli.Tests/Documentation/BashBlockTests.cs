using System.Diagnostics;
using System.Text.RegularExpressions;
using ComIm.TestKit;

namespace ComIm.Cli.Tests.Documentation;

/// <summary>
/// The blocks of bash in the READMEs, run by bash as they stand, with these differences: 127.0.0.1:5060 is a server of the test, on
/// which bob listens; what serves takes a free port; what runs until Ctrl+C is stopped as soon as it says that it is there; a password
/// that would be asked for stands in COMIM_PASSWORD. Of dotnet and tests/run.sh only comim is run: that the others are there is seen.
/// </summary>
public sealed class BashBlockTests
{
    private const string Prelude = """
        set -euo pipefail
        comim() {
            local arguments=() argument
            for argument in "$@"; do
                [ "$1" = serve ] && arguments+=("${argument//127.0.0.1:5060/127.0.0.1:0}") || arguments+=("${argument//127.0.0.1:5060/$AT}")
            done
            case "$1 $*" in
                serve*--help* | listen*--count*) command dotnet "$COMIM" "${arguments[@]}" ;;
                serve*--config* | serve*--listen*) until_said 'Serving ' "${arguments[@]}" ;;
                serve*) until_said 'Serving ' "${arguments[@]}" --listen 127.0.0.1:0 ;;
                listen* | presence*) until_said 'Signed in ' "${arguments[@]}" ;;
                *) command dotnet "$COMIM" "${arguments[@]}" ;;
            esac
        }
        until_said() {
            local line process
            exec 3< <(exec dotnet "$COMIM" "${@:2}" 2>&1)
            process=$!
            while IFS= read -r line <&3; do
                case $line in "$1"*) kill -TERM "$process" ;; *) echo "$line" ;; esac
            done
            wait "$process"
        }
        dotnet() {
            case "$*" in
                'run --project src/ComIm.Cli -- '*) comim "${@:5}" ;;
                'run -c Release --project tests/'*) [ -d "$ROOT/$5" ] ;;
                'build '* | 'pack '* | 'publish '* | 'test '*) [ -e "$ROOT/$2" ] ;;
                *) echo "nobody runs: dotnet $*" >&2; return 1 ;;
            esac
        }
        bash() {
            [ "$1" = tests/run.sh ] && command bash -n "$ROOT/$1"
        }

        """;

    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Blocks => [.. Readmes.NamesOf("bash")];

    [SkippableTheory]
    [MemberData(nameof(Blocks))]
    public async Task Bash_RunsAsItStands(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs bash, and the signals of Unix");
        var block = Readmes.Find(name);
        using var folder = new ReadmeFolder();
        if (Readmes.Blocks.FirstOrDefault(b => b.File == block.File && b.Language == "json") is { } configuration)
        {
            folder.Write("server.json", configuration.Text
                .Replace(ReadmeBlock.ExampleAddress, "127.0.0.1:0", StringComparison.Ordinal)
                .Replace("5061", "0", StringComparison.Ordinal));
        }

        await using var world = await ReadmeWorld.StartAsync();

        var (exitCode, output, error) = await RunAsync(Prelude + block.Text + "\n", folder.Path, world.Address);

        var expectsFailure = block.Output is { } said && Regex.IsMatch(said, "^(FAILED|comim \\w+:) ", RegexOptions.Multiline);
        Assert.True(exitCode == (expectsFailure ? 1 : 0), $"{exitCode}\n{output}{error}");
        if (block.Output is { } expected)
        {
            Assert.Matches(ReadmeOutput.Pattern(expected, world.Address), error + output);
        }
        else
        {
            Assert.Equal("", Regex.Replace(error, "^A server has taken the message.*\n", ""));
        }
    }

    private static async Task<(int ExitCode, string Out, string Error)> RunAsync(string script, string folder, string server)
    {
        // A file, so that what reads standard input does not read the script.
        var file = Path.Combine(folder, "block.sh");
        await File.WriteAllTextAsync(file, script);
        return await ComimProcess.EndAsync(
            new ProcessStartInfo("/bin/bash", [file])
            {
                WorkingDirectory = folder,
                Environment =
                {
                    ["COMIM"] = ComimProcess.Program, ["ROOT"] = Readmes.Root, ["AT"] = server, ["COMIM_PASSWORD"] = ReadmeBlock.ExamplePassword,
                },
            },
            HangGuard);
    }
}
