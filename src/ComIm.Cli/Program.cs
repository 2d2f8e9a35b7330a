using ComIm.Cli;
using ComIm.Cli.Terminal;

return await CommandLine.RunAsync(args, CliContext.ForProcess()).ConfigureAwait(false);
