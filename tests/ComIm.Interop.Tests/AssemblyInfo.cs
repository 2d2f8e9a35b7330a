// Each test starts servers of its own; one after the other they do not compete for two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
