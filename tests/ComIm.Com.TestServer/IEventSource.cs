using System.Runtime.InteropServices;

namespace ComIm.Com.TestServer;

/// <summary>Raises events as fast as its sink takes them.</summary>
[ComVisible(true)]
[Guid("5f0f2c8e-60b1-4d9c-8b3f-3f5b0a6f2d17")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IEventSource
{
    /// <summary>Begins to raise events, and returns at once.</summary>
    /// <param name="count">How many.</param>
    /// <param name="withObjects">With an object and its data, as every event of the UCC API; else with a text.</param>
    void Start(int count, [MarshalAs(UnmanagedType.VariantBool)] bool withObjects);
}
