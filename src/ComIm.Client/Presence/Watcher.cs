namespace ComIm.Client.Presence;

/// <summary>Somebody who watches us.</summary>
/// <param name="Address">Their address.</param>
/// <param name="DisplayName">Their name, or null.</param>
/// <param name="IsPending">Whether they wait for <see cref="PresenceService.AllowAsync"/>.</param>
public sealed record Watcher(string Address, string? DisplayName, bool IsPending);
