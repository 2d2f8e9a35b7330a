using System.Text;
using System.Threading.Channels;

namespace ComIm.Cli.Tests;

/// <summary>An output that a test can wait on: each line is handed over as it is written.</summary>
internal sealed class LineWriter : TextWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _all = new();
    private readonly StringBuilder _line = new();
    private readonly Lock _gate = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_gate)
        {
            _all.Append(value);
            if (value == '\n')
            {
                _lines.Writer.TryWrite(_line.ToString().TrimEnd('\r'));
                _line.Clear();
            }
            else
            {
                _line.Append(value);
            }
        }
    }

    /// <summary>The next line, waited for.</summary>
    public async Task<string> NextLineAsync() => await _lines.Reader.ReadAsync().AsTask().WaitAsync(CliRun.HangGuard);

    public override string ToString()
    {
        lock (_gate)
        {
            return _all.ToString().ReplaceLineEndings("\n");
        }
    }
}
