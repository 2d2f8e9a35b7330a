using System.Runtime.InteropServices.ComTypes;

namespace ComIm.Samples.UccChat;

/// <summary>The helper that the documentation calls UCC_Advise.</summary>
internal static class Sinks
{
    /// <summary>Has an object tell its events of one interface to a sink.</summary>
    public static void Advise<T>(object source, T sink)
        where T : class
    {
        var id = typeof(T).GUID;
        ((IConnectionPointContainer)source).FindConnectionPoint(ref id, out var point);
        point!.Advise(sink, out _);
    }
}
