using System.Reflection;

namespace ComIm.Com.Tests;

/// <summary>Where the sources are, for tests that look at them.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => a.Key == "RepositoryRoot").Value!;

    public static string ComServerFolder => AppContext.BaseDirectory;
}
