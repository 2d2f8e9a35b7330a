using System.Text;

namespace ComIm.Cli.Terminal;

/// <summary>Asks for a password at a terminal without showing it.</summary>
internal static class PasswordPrompt
{
    /// <summary>Asks on the error stream, so that redirected output stays clean, and reads up to Enter.</summary>
    /// <param name="question">What to ask.</param>
    public static string Ask(string question)
    {
        Console.Error.Write(question + ": ");
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.Error.WriteLine();
                    return typed.ToString();
                case ConsoleKey.Backspace when typed.Length > 0:
                    typed.Length--;
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        typed.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
