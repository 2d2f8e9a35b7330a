namespace ComIm.Cli.Demo;

/// <summary>One scene of <c>comim demo</c>. It shows something and proves it: what does not go as it should ends the demo.</summary>
internal interface IDemoScene
{
    /// <summary>Plays it.</summary>
    /// <param name="stage">The server and the people.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="CliException">Something was not as it should be.</exception>
    Task PlayAsync(DemoStage stage, CancellationToken cancellationToken);
}
