// Each test starts servers of its own; one after the other they do not compete for two cores. The table of what they saw comes last.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer("ComIm.Interop.Tests.Table.LastCollectionOrderer", "ComIm.Interop.Tests")]
