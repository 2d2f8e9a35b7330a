namespace ComIm.Cli.Tests;

public sealed class RegistrationTests
{
    [SkippableTheory]
    [InlineData("register")]
    [InlineData("register --machine")]
    [InlineData("unregister --user")]
    public async Task Registration_OffWindows_SaysThatComIsNotThere(string line)
    {
        // There it would change the registry of whoever runs the tests.
        Skip.If(OperatingSystem.IsWindows(), "shows what other systems than Windows are told");

        var (exitCode, output, error) = await CliRun.RunAsync(line.Split(' '));

        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.StartsWith($"comim {line.Split(' ')[0]}: COM exists only on Windows", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("ComIm.Com.comhost.dll")]
    [InlineData("ComIm.Com.dll")]
    [InlineData("ComIm.Com.runtimeconfig.json")]
    [InlineData("ComIm.Com.deps.json")]
    public void WhatComLoads_LiesBesideComim(string file) =>
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(typeof(CommandLine).Assembly.Location)!, file)));
}
