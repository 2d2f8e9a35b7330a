namespace ComIm.Sip.UserAgentServer;

/// <summary>What a user agent server takes, and what its refusals therefore list (RFC 3261 section 8.2).</summary>
public sealed record UasCapabilities
{
    /// <summary>The methods, case-sensitive; the Allow of a 405 or 501. ACK and CANCEL never reach an inspection.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>The option tags that a request may require.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The media types of bodies, in lower case: the Accept of a 415. Null takes any body, as one who does not look at it.</summary>
    public IReadOnlyList<string>? MediaTypes { get; init; }

    /// <summary>
    /// The media types of which one stands in the answer to an INVITE; the sender has to accept one of them (RFC 3261 section
    /// 13.3.1). Empty where INVITE is not taken.
    /// </summary>
    public IReadOnlyList<string> AnswerTypes { get; init; } = [];

    /// <summary>The Allow header.</summary>
    public string Allow => string.Join(", ", Methods);

    /// <summary>The Accept header; empty where any body is taken.</summary>
    public string Accept => string.Join(", ", MediaTypes ?? []);
}
