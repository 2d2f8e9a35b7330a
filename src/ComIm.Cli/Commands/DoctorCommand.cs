using System.CommandLine;
using ComIm.Cli.Doctor;
using ComIm.Cli.Options;
using ComIm.Cli.Terminal;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Diagnostics;

namespace ComIm.Cli.Commands;

/// <summary><c>comim doctor</c>: says why something does not work and what to do.</summary>
internal static class DoctorCommand
{
    private const int MarkWidth = 8;
    private const int NameWidth = 14;

    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        var account = new AccountOptions("--as", isOptional: true);
        var command = new Command(
            "doctor",
            "Say why something does not work: this computer, and with --as every step of a sign-in. Returns 0 when nothing is wrong.");
        account.AddTo(command);
        command.SetGuardedAction(context, async (result, cancellationToken) =>
        {
            var isWell = await PrintComputerAsync(context).ConfigureAwait(false);
            if (await account.ReadIfGivenAsync(result, context, cancellationToken).ConfigureAwait(false) is { } settings)
            {
                var trace = account.WantsTrace(result) ? new Ladder(context.Error).For(settings.Address) : null;
                isWell &= await PrintSignInAsync(settings, trace, context, cancellationToken).ConfigureAwait(false);
            }

            return isWell ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static async Task<bool> PrintComputerAsync(CliContext context)
    {
        var findings = ComChecks.Run();
        foreach (var finding in findings)
        {
            await PrintAsync(context, finding.Result, finding.Name, finding.Finding).ConfigureAwait(false);
        }

        return findings.All(finding => finding.Result != DiagnosisResult.Failed);
    }

    private static async Task<bool> PrintSignInAsync(
        ImAccountSettings settings, Action<ImTraceEntry>? trace, CliContext context, CancellationToken cancellationToken)
    {
        var options = new ImClientOptions { TimeProvider = context.TimeProvider, Trace = trace };
        var isWell = true;
        await foreach (var step in ServerDiagnosis.RunAsync(settings, options, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            isWell &= step.Result != DiagnosisResult.Failed;
            var text = step.Advice is null ? step.Finding : $"{step.Finding} {step.Advice}";
            await PrintAsync(context, step.Result, step.Kind.ToString(), text).ConfigureAwait(false);
        }

        return isWell;
    }

    private static Task PrintAsync(CliContext context, DiagnosisResult result, string name, string text)
    {
        var mark = result switch
        {
            DiagnosisResult.Passed => "ok",
            DiagnosisResult.Failed => "FAILED",
            _ => "-",
        };
        return context.Out.WriteLineAsync(mark.PadRight(MarkWidth) + name.PadRight(NameWidth) + SafeText.OneLine(text));
    }
}
