namespace ComIm.Client.Tests.Conferencing;

/// <summary>Tests in a <see cref="LossyWorld"/> run by themselves: its clock goes on when the thread pool has nothing to do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class VirtualTime
{
    public const string Name = "virtual time";
}
