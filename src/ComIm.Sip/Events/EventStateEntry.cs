using ComIm.Sip.Dialogs;

namespace ComIm.Sip.Events;

/// <summary>One publication as an <see cref="EventStateStore"/> has it.</summary>
/// <param name="Tag">Its entity tag.</param>
/// <param name="Body">The state.</param>
/// <param name="Ends">When it expires.</param>
public sealed record EventStateEntry(string Tag, SessionBody Body, DateTimeOffset Ends);
