using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// How scripts get the events of an object, beside connection points, which most of them cannot reach. The members stand
/// among the object's own.
/// </summary>
internal interface IScriptEvents
{
    /// <summary>
    /// An object with methods named as the events, which is connected to every connection point of this one; Nothing ends
    /// it. The methods are called while the script waits.
    /// </summary>
    [DispId(0x7001)]
    object? Sink { set; }

    /// <summary>
    /// Waits for the next event of this object. Sinks are called and window messages handled meanwhile. Events are kept
    /// from when a script first has the object, the newest <see cref="EventInbox.Capacity"/> of them.
    /// </summary>
    /// <param name="timeoutMs">How long, in milliseconds; 0 only looks, -1 waits for ever.</param>
    /// <returns>The event; Nothing where none came in time.</returns>
    [DispId(0x7002)]
    IScriptEvent? WaitForEvent(int timeoutMs = -1);
}
