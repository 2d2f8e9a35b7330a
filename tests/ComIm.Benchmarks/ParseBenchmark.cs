using ComIm.Sip.Messages;

namespace ComIm.Benchmarks;

/// <summary>Reading a message and the fields that every transaction needs: the rules, the topmost Via, the method.</summary>
internal static class ParseBenchmark
{
    private const int Count = 400_000;

    public static Task RunAsync()
    {
        Measure("parse.message", Samples.Message);
        Measure("parse.response", Samples.Response);
        Measure("parse.invite", Samples.Invite);
        Measure("parse.compact", Samples.Compact);
        return Task.CompletedTask;
    }

    private static void Measure(string name, byte[] bytes)
    {
        Figures.Repeat(name, Count, count =>
        {
            for (var i = 0; i < count; i++)
            {
                if (!SipParser.ParseDatagram(bytes).IsValid)
                {
                    throw new InvalidOperationException(name);
                }
            }
        });
        Figures.Repeat(name + ".checked", Count, count =>
        {
            for (var i = 0; i < count; i++)
            {
                var result = SipParser.ParseDatagram(bytes);
                if (!result.IsValid || SipMessageRules.Check(result.Message!) != SipRejection.None)
                {
                    throw new InvalidOperationException(name);
                }
            }
        });
    }
}
