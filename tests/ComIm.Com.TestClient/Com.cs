using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;

namespace ComIm.Com.TestClient;

/// <summary>Making objects in a server's process, and listening to them as the pages' UCC_Advise does.</summary>
internal static class Com
{
    private const int LocalServer = 4;

    private static readonly Guid Unknown = new("00000000-0000-0000-C000-000000000046");

    public static T Create<T>(Guid id)
    {
        Marshal.ThrowExceptionForHR(CoCreateInstance(id, 0, LocalServer, Unknown, out var made));
        return (T)made;
    }

    public static void Advise<T>(object source, object sink)
    {
        var id = typeof(T).GUID;
        ((IConnectionPointContainer)source).FindConnectionPoint(ref id, out var point);
        point.Advise(sink, out _);
    }

    [DllImport("ole32.dll")]
    private static extern int CoCreateInstance(
        in Guid id, nint outer, int context, in Guid iid, [MarshalAs(UnmanagedType.IUnknown)] out object made);
}
