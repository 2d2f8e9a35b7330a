using System.Runtime.InteropServices;

namespace ComIm.Com.TestServer;

/// <summary>The garbage collector of the process, for hosts that measure themselves.</summary>
[ComVisible(true)]
[Guid("6b1d7a52-9f5e-4b0b-8f0e-7c2a5d1e9b36")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface ICollector
{
    /// <summary>Collects everything, and gives back to the system what is not needed.</summary>
    /// <returns>What is left, in bytes.</returns>
    long Collect();
}
