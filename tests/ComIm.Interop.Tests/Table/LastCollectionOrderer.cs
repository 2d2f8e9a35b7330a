using Xunit.Abstractions;

namespace ComIm.Interop.Tests.Table;

/// <summary>Runs <see cref="InteropTableTests"/> when everything else has been seen.</summary>
public sealed class LastCollectionOrderer : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => c.DisplayName == InteropTableTests.Collection).ThenBy(c => c.DisplayName, StringComparer.Ordinal);
}
