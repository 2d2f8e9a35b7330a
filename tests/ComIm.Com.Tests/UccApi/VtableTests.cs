using ComIm.Com.Tests.Wine;

namespace ComIm.Com.Tests.UccApi;

/// <summary>A C++ client of the original, built from the data's own header, calls our objects through their vtables.</summary>
[Collection(WineCollection.Name)]
public sealed class VtableTests(WinePrefix wine)
{
    [SkippableFact]
    public async Task A_client_of_the_original_uses_contexts_uris_and_the_platform()
    {
        WinePrefix.Demand();
        var program = await UccClient.CompileAsync(wine, "uccclient.cpp");
        var output = await wine.RunMarkedAsync("uccclient", [program, WinePrefix.ToWindows(Repository.TestServer)]);
        ProgramOutput.AssertNothingWrong(output);
    }
}
