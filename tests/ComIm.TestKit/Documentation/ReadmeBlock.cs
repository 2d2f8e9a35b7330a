namespace ComIm.TestKit;

/// <summary>A fenced block of code in a README.</summary>
/// <param name="File">The file, from the root of the repository.</param>
/// <param name="Line">Where its first line is.</param>
/// <param name="Language">What stands behind the fence: who runs it.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="NotRunHere">What it would need, where the line before it says "not run here (…)"; else null.</param>
/// <param name="Output">What the block of <c>text</c> right behind it says that it prints; null where there is none.</param>
public sealed record ReadmeBlock(string File, int Line, string Language, string Text, string? NotRunHere, string? Output)
{
    /// <summary>The address that stands for the test's server, or for a free port, in every block.</summary>
    public const string ExampleAddress = "127.0.0.1:5060";

    /// <summary>The password of every user in every block.</summary>
    public const string ExamplePassword = "secret";

    /// <summary>Its name in the list of tests.</summary>
    public string Name => $"{File}:{Line}";
}
