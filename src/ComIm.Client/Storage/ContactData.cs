namespace ComIm.Client.Storage;

/// <summary>A contact in the file.</summary>
/// <param name="Address">A SIP URI.</param>
/// <param name="DisplayName">The name that the user gave them.</param>
/// <param name="Groups">The groups that they are in.</param>
internal sealed record ContactData(string Address, string? DisplayName, IReadOnlyList<string> Groups);
