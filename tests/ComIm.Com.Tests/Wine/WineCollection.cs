namespace ComIm.Com.Tests.Wine;

/// <summary>The tests that share the prefix and its registration; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class WineCollection : ICollectionFixture<WinePrefix>
{
    public const string Name = "Wine";
}
