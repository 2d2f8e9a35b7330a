using ComIm.Client;

namespace ComIm.Cli.Terminal;

/// <summary>Writes SIP messages as the rungs of a ladder, one line each, from whichever thread they come.</summary>
/// <param name="output">Where to.</param>
internal sealed class Ladder(TextWriter output)
{
    private readonly Lock _gate = new();

    /// <summary>What a client is to call with its messages.</summary>
    /// <param name="name">Whose messages they are.</param>
    public Action<ImTraceEntry> For(string name) =>
        entry =>
        {
            try
            {
                Write($"    {name} {(entry.Sent ? "->" : "<-")} server  {SafeText.OneLine(entry.Summary)}");
            }
            catch (IOException)
            {
                // Nobody reads it any more. That is no concern of the stack, whose thread this is; who writes between the rungs is told.
            }
        };

    /// <summary>Writes a line between the rungs.</summary>
    /// <param name="line">The line.</param>
    public void Write(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
        }
    }
}
