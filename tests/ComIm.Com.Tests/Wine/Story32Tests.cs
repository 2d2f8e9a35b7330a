using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>The C++ story as a program of 32 bit, through the surrogate of the 64-bit server.</summary>
[Collection(WineCollection.Name)]
public sealed class Story32Tests(WinePrefix wine)
{
    // Under Wine AppIDs are common to both bitnesses, and to a program of 32 bit the surrogate of 64 bit lies in sysnative.
    // The prefix starts afresh for the program: beside what wineboot leaves running the surrogate does not come.
    private const string Script = """
        export WINEPREFIX="$PWD/prefix" WINEARCH=win64 LC_ALL=C.UTF-8
        WINEDLLOVERRIDES='mscoree=;mshtml=;winemenubuilder.exe=' timeout 300 wineboot -i > boot.log 2>&1 || cat boot.log
        timeout 60 wine winecfg -v win10 > boot.log 2>&1 || cat boot.log
        ln -sfn "$PWD/runtime" "$WINEPREFIX/drive_c/Program Files/dotnet"
        timeout 120 wine launcher/dotnet.exe comim/comim.dll register --machine --uccapi --surrogate || exit 1
        wine reg add 'HKLM\Software\Classes\AppID\{3E43B11B-607D-4F81-8EC7-84F2F93CF535}' /v DllSurrogate /d 'C:\windows\sysnative\dllhost.exe' /f
        wineserver -k; wineserver -w
        timeout 240 wine client/story.exe local SERVER alice@example.com secret-alice sip:bob@example.com 2
        """;

    [SkippableFact]
    [Trait("Run", "Long")]
    public async Task A_32_bit_application_chats_through_the_surrogate_of_the_64_bit_server()
    {
        Skip.IfNot(Requires.LongRun(out var reason), reason);
        WinePrefix.Demand();
        using var chroot = Chroot32.Demand();
        await chroot.CopyAsync(Path.GetDirectoryName(Repository.Comim)!, "comim");
        await chroot.CopyAsync(Path.Combine(Requires.WinePrefix!, "drive_c", "Program Files", "dotnet"), "runtime");
        await chroot.CopyAsync(Path.GetDirectoryName(await wine.CompileAsync(ChatTests.Script("dotnet.cpp")))!, "launcher");
        await chroot.CopyAsync(Path.GetDirectoryName(await UccClient.CompileAsync(wine, "story.cpp", "i686-w64-mingw32-g++"))!, "client");

        await using var server = await TestServer.StartAsync();
        await using var bob = await ManagedBob.SignInAsync(server);
        var story = chroot.RunAsync(Script.Replace("SERVER", server.Address, StringComparison.Ordinal));
        await bob.UntilLeftAsync(story);
        if (!story.IsCompleted)
        {
            await bob.InviteAsync();
        }

        StoryTests.AssertInOrder("local", await story);
        Assert.Contains("story: done", await story, StringComparison.Ordinal);
    }
}
