using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ComIm.Com.Interop;

namespace ComIm.Com.Hosting;

/// <summary>Makes objects of one class for other processes.</summary>
/// <param name="type">The class.</param>
/// <param name="clients">Who keeps the server running.</param>
[ComVisible(true)]
[ClassInterface(ClassInterfaceType.None)]
[SupportedOSPlatform("windows")]
internal sealed class ClassFactory(Type type, ClientCount clients) : IClassFactoryRaw
{
    private const int NoAggregation = unchecked((int)0x80040110);

    public int CreateInstance(nint outer, in Guid iid, out nint instance)
    {
        instance = 0;
        if (outer != 0)
        {
            return NoAggregation;
        }

        try
        {
            var made = Activator.CreateInstance(type)!;
            clients.Add(made);
            var unknown = Marshal.GetIUnknownForObject(made);
            var result = Marshal.QueryInterface(unknown, iid, out instance);
            Marshal.Release(unknown);
            return result;
        }
#pragma warning disable CA1031 // The last line of defence of the COM boundary.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.HResult < 0 ? e.HResult : HResults.Fail;
        }
    }

    public int LockServer(bool isLocked)
    {
        clients.Lock(isLocked);
        return HResults.Ok;
    }
}
