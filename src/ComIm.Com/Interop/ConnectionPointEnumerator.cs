using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;

namespace ComIm.Com.Interop;

/// <summary>Enumerates the connection points of an object.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class ConnectionPointEnumerator(IReadOnlyList<ConnectionPoint> points, int position = 0) : IEnumConnectionPoints
{
    private int _position = position;

    public int Next(int celt, IConnectionPoint[] rgelt, nint pceltFetched)
    {
        var taken = 0;
        for (; taken < celt && _position < points.Count; taken++, _position++)
        {
            rgelt[taken] = points[_position];
        }

        if (pceltFetched != 0)
        {
            Marshal.WriteInt32(pceltFetched, taken);
        }

        return taken == celt ? HResults.Ok : HResults.False;
    }

    public int Skip(int celt)
    {
        var left = points.Count - _position;
        _position += Math.Min(left, celt);
        return celt <= left ? HResults.Ok : HResults.False;
    }

    public void Reset() => _position = 0;

    public void Clone(out IEnumConnectionPoints ppenum) => ppenum = new ConnectionPointEnumerator(points, _position);
}
