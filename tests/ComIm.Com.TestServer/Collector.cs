using System.Runtime.InteropServices;

namespace ComIm.Com.TestServer;

/// <summary>All assemblies of a process have one heap, so this collects what the product has left there, too.</summary>
[ComVisible(true)]
[Guid("4e0f3c1b-8d27-4f6a-a5c9-2b7e6d9a1c58")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class Collector : ICollector
{
    // What has a finalizer goes with the collection after that, and what it held with the next.
    private const int Rounds = 3;

    public long Collect()
    {
        for (var i = 0; i < Rounds; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        // GC.GetTotalMemory counts what threads have been given to allocate from.
        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return heap.HeapSizeBytes - heap.FragmentedBytes;
    }
}
