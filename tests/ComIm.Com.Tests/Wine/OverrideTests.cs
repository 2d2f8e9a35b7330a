namespace ComIm.Com.Tests.Wine;

/// <summary>An administrator's settings in a real registry, with Windows' data protection.</summary>
[Collection(WineCollection.Name)]
public sealed class OverrideTests(WinePrefix wine)
{
    [SkippableTheory]
    [InlineData("--machine", "HKLM")]
    [InlineData("--user", "HKCU")]
    public async Task A_setting_is_kept_without_its_password_in_clear_and_removed_without_a_trace(string scope, string root)
    {
        WinePrefix.Demand();
        var passwords = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(passwords, "hunter2-hunter2\n");
            var set = await wine.ComimAsync(
                "override", "Old Messenger", scope, "--server", "sip.example.com", "--transport", "tls", "--authentication", "digest",
                "--user-name", "alice", "--password-file", WinePrefix.ToWindows(passwords));
            Assert.True(set.ExitCode == 0, set.Output);
            var listed = await wine.ComimAsync("override", scope);
            Assert.Contains(
                "Old Messenger: server sip.example.com, transport tls, authentication digest, user alice, password (set)",
                listed.Output, StringComparison.Ordinal);
            var keys = await wine.RunAsync(["reg", "query", root + @"\Software\ComIm\Applications", "/s"]);
            Assert.Contains("sip.example.com", keys.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", keys.Output + listed.Output + set.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString("hunter2"u8), keys.Output, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            File.Delete(passwords);
            await wine.ComimAsync("override", "Old Messenger", scope, "--remove");
        }

        Assert.NotEqual(0, (await wine.RunAsync(["reg", "query", root + @"\Software\ComIm"])).ExitCode);
    }

    [SkippableFact]
    public async Task What_means_nothing_is_refused()
    {
        WinePrefix.Demand();
        var run = await wine.ComimAsync("override", "Old Messenger", "--user", "--transport", "sctp");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("'sctp'", run.Output, StringComparison.Ordinal);
    }
}
