using System.CommandLine;
using ComIm.Server;

namespace ComIm.Cli.Options;

/// <summary>The options that name a server's users.</summary>
internal sealed class UserOptions
{
    private readonly Option<string[]> _users = new("--user")
    {
        Description = "A user; may be repeated. For trying things out: others on this machine can read the password.",
        HelpName = "name:password",
    };

    private readonly Option<string?> _file = new("--users")
    {
        Description = "A file of users, a line each: name:password. Lines that begin with # are passed over.",
        HelpName = "file",
        CustomParser = FileNameParser.Parse,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_users);
        command.Options.Add(_file);
    }

    /// <summary>Whether any user was named.</summary>
    /// <param name="result">The parsed command line.</param>
    public bool AreGiven(ParseResult result) => result.GetValue(_file) is not null || result.GetValue(_users) is { Length: > 0 };

    /// <summary>Reads the users of both.</summary>
    /// <param name="result">The parsed command line.</param>
    public UserList Read(ParseResult result)
    {
        var file = result.GetValue(_file);
        string[] lines = file is null ? [] : ReadFile(file);
        string[] all = [.. lines, .. result.GetValue(_users) ?? []];
        if (all.All(line => string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#')))
        {
            throw CliException.Usage("No users: add --user name:password, or --users with a file of them.");
        }

        try
        {
            return new UserList(all);
        }
        catch (FormatException e)
        {
            var place = file is null ? "" : $" (the entries of {file} come first)";
            throw new CliException(e.Message + place, ExitCode.Usage, e);
        }
    }

    private static string[] ReadFile(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"The users file cannot be read: {e.Message}", ExitCode.Usage, e);
        }
    }
}
