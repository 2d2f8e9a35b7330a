using ComIm.Client.Messaging.Cpim;
using ComIm.Client.Messaging.Receipts;
using ComIm.Client.Typing;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Messaging;

/// <summary>The types of content that an account takes: those that it shows, and those in which it finds them or that say something of them.</summary>
internal sealed class AcceptedTypes
{
    private const string Anything = "*/*";

    private static readonly string[] Always =
    [
        "multipart/alternative", "multipart/mixed", "multipart/related",
        CpimMessage.ContentType, ReceiptXml.ContentType, PartialMessages.ContentType, TypingXml.IsComposingType,
    ];

    private readonly string[] _shown;

    /// <summary>Makes the list.</summary>
    /// <param name="shown">Types, <c>type/*</c> or <c>*/*</c>.</param>
    public AcceptedTypes(IEnumerable<string> shown)
    {
        // Who takes anything says what they take best: peers look for names.
        _shown = [.. shown.SelectMany(t => t == Anything ? [MessageContent.PlainType, MessageContent.HtmlType, Anything] : new[] { t.ToLowerInvariant() }).Distinct()];
        var named = _shown.Where(t => t != Anything).Concat(Always);
        var all = _shown.Contains(Anything) ? named.Append(Anything) : named;
        Header = string.Join(", ", all);

        // The list of a description has a star for everything (RFC 4975 section 9, which it is borrowed from).
        Attribute = string.Join(' ', all.Select(t => t == Anything ? "*" : t));
    }

    /// <summary>As Accept lists them (RFC 3261 section 20.1).</summary>
    public string Header { get; }

    /// <summary>As <c>a=accept-types</c> lists them.</summary>
    public string Attribute { get; }

    /// <summary>Whether a type is taken.</summary>
    public bool Allows(MediaType type) =>
        _shown.Any(t => t == Anything || type.Is(t) || (t.EndsWith("/*", StringComparison.Ordinal) && type.Type == t[..^2]));
}
