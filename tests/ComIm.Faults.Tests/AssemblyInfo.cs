// They measure their process and let little time pass for much: one after the other they do not compete for two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
