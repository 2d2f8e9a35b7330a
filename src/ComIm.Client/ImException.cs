using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;

namespace ComIm.Client;

/// <summary>
/// An operation failed for a reason outside the caller's code. <see cref="Exception.Message"/> is a full sentence for
/// people that says what happened and what to do; it never holds a password.
/// </summary>
public class ImException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="error">The reason.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="statusCode">The SIP status code, or 0 where no response came.</param>
    /// <param name="reasonPhrase">The reason phrase of the response.</param>
    /// <param name="inner">The cause beneath, such as a socket error.</param>
    public ImException(ImError error, string message, int statusCode = 0, string? reasonPhrase = null, Exception? inner = null)
        : base(message, inner)
    {
        Error = error;
        StatusCode = statusCode;
        ReasonPhrase = reasonPhrase;
    }

    /// <summary>Makes an exception that can say by itself what to do.</summary>
    /// <param name="error">The reason.</param>
    /// <param name="finding">A sentence that says what happened.</param>
    /// <param name="advice">A sentence that says what to do.</param>
    /// <param name="response">The final response; null where none came.</param>
    /// <param name="inner">The cause beneath.</param>
    internal static ImException Of(ImError error, string finding, string advice, SipResponse? response = null, Exception? inner = null) =>
        new(error, $"{finding} {advice}", response?.StatusCode ?? 0, response?.ReasonPhrase, inner) { Response = response, Advice = advice };

    /// <summary>The reason, for code to branch on.</summary>
    public ImError Error { get; }

    /// <summary>The SIP status code of the final response, or 0 where none came from the network.</summary>
    public int StatusCode { get; }

    /// <summary>The reason phrase of the final response, or null.</summary>
    public string? ReasonPhrase { get; }

    /// <summary>What happened: <see cref="Exception.Message"/> without <see cref="Advice"/>.</summary>
    internal string Finding => Advice is null ? Message : Message[..^Advice.Length].TrimEnd();

    /// <summary>What to do, the end of <see cref="Exception.Message"/>; null where that has no such part.</summary>
    internal string? Advice { get; private init; }

    /// <summary>The final response itself, for its warnings and diagnostics; null where none came from the network.</summary>
    public SipResponse? Response { get; internal init; }

    /// <summary>The authentication schemes that the response asks for; empty where it asks for none.</summary>
    public IReadOnlyList<string> OfferedAuthenticationSchemes =>
        Response is null ? [] : [.. AuthenticationParameters.ChallengesOf(Response).Select(c => c.Scheme)];
}
