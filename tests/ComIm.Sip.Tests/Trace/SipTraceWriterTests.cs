using System.Globalization;
using ComIm.Sip.Trace;
using static ComIm.Sip.Tests.Trace.TraceEntries;

namespace ComIm.Sip.Tests.Trace;

public sealed class SipTraceWriterTests
{
    [Fact]
    public void Record_ManyThreads_WritesWholeLines()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new SipTraceWriter(output, new SipTraceLadderOptions { Names = Names });
        Parallel.For(0, 1000, _ => writer.Record(Sent(Alice, Proxy, 0, Request("Max-Forwards: 70\n"))));
        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(1000, lines.Length);
        Assert.All(lines, line => Assert.Equal("     0.000 alice -> server  UDP  MESSAGE sip:bob@example.com", line));
    }

    [Fact]
    public void Record_Full_SaysSoOnceAndCounts()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new SipTraceWriter(output, maxLength: 200);
        for (var i = 0; i < 100; i++)
        {
            writer.Record(Sent(Alice, Proxy, i, Request("Max-Forwards: 70\n")));
        }

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal("(the trace is full)", lines[^1]);
        Assert.InRange(output.ToString().Length, 1, 220);
        Assert.Equal(100 - (lines.Length - 1), writer.Dropped);
    }

    [Fact]
    public void Record_OutputFails_DropsAndDoesNotThrow()
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new SipTraceWriter(output);
        output.Dispose();
        writer.Record(Sent(Alice, Proxy, 0, Request("Max-Forwards: 70\n")));
        writer.Record(Sent(Alice, Proxy, 0, Request("Max-Forwards: 70\n")));
        Assert.Equal(2, writer.Dropped);
    }
}
