using System.Reflection;

namespace ComIm.Com.Tests;

/// <summary>Where the sources are, for tests that look at them.</summary>
internal static class Repository
{
    public static string Root { get; } = Read("RepositoryRoot");

    /// <summary>Where widl's header for C++ clients is.</summary>
    public static string SdkFolder { get; } = Path.Combine(Root, Read("SdkFolder").Replace('\\', '/'));

    /// <summary>comim, which a Windows .NET runs as well.</summary>
    public static string Comim { get; } = Path.Combine(Root, Read("Comim").Replace('\\', '/'));

    /// <summary>The .NET client of the original.</summary>
    public static string TestClient { get; } = Path.Combine(Root, Read("TestClient").Replace('\\', '/'));

    /// <summary>The COM server that makes UCC objects without a registration.</summary>
    public static string TestServer { get; } = Path.Combine(Root, Read("TestServer").Replace('\\', '/'));

    /// <summary>The C# sample of the UCC API.</summary>
    public static string UccChatSample { get; } = Path.Combine(Root, Read("UccChatSample").Replace('\\', '/'));

    private static string Read(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
