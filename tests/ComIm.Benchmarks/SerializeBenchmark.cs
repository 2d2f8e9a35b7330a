using ComIm.Sip.Messages;

namespace ComIm.Benchmarks;

/// <summary>Writing a received message, as a proxy does, into a pooled buffer.</summary>
internal static class SerializeBenchmark
{
    public static Task RunAsync()
    {
        Measure("serialize.message", Samples.Message);
        Measure("serialize.response", Samples.Response);
        return Task.CompletedTask;
    }

    private static void Measure(string name, byte[] bytes)
    {
        var message = SipParser.ParseDatagram(bytes).Message!;
        Figures.Repeat(name, 1_000_000, count =>
        {
            for (var i = 0; i < count; i++)
            {
                var writer = new SipBufferWriter(1024);
                message.WriteTo(ref writer);
                writer.Dispose();
            }
        });
    }
}
