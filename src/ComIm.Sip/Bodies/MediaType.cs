using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Bodies;

/// <summary>
/// The value of Content-Type: type, subtype and parameters (RFC 3261 section 20.15, 25.1 media-type). It does not change;
/// the With method makes a new one.
/// </summary>
public sealed class MediaType : IEquatable<MediaType>
{
    private static readonly SearchValues<char> NeverUnquoted = SearchValues.Create(" \t\",");

    // qdtext has none of them (RFC 3261 section 25.1), and a line end would begin a header of its own. HTAB is white space.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Where(c => c != '\t'), '\x7F']);

    /// <summary>Makes a type.</summary>
    /// <param name="type">The type, such as <c>text</c>.</param>
    /// <param name="subtype">The subtype, such as <c>plain</c>.</param>
    /// <exception cref="ArgumentException">One of them is not a token.</exception>
    public MediaType(string type, string subtype)
        : this(type, subtype, ParameterList.Empty)
    {
        if (!SipChars.IsToken(type) || !SipChars.IsToken(subtype))
        {
            throw new ArgumentException($"'{type}/{subtype}' is not a media type.", nameof(type));
        }
    }

    private MediaType(string type, string subtype, ParameterList parameters)
    {
        Type = type.ToLowerInvariant();
        Subtype = subtype.ToLowerInvariant();
        Parameters = parameters;
    }

    /// <summary>What a text is where nothing is said of it (RFC 2045 section 5.2).</summary>
    public static MediaType PlainText { get; } = new("text", "plain");

    /// <summary>The type, in lower case.</summary>
    public string Type { get; }

    /// <summary>The subtype, in lower case.</summary>
    public string Subtype { get; }

    /// <summary>Type and subtype without parameters: <c>text/plain</c>.</summary>
    public string Name => Type + "/" + Subtype;

    /// <summary>The parameters.</summary>
    public ParameterList Parameters { get; }

    /// <summary>The charset parameter, or null.</summary>
    public string? Charset => Parameters.Get("charset");

    /// <summary>The boundary parameter, or null.</summary>
    public string? Boundary => Parameters.Get("boundary");

    /// <summary>Whether it holds parts.</summary>
    public bool IsMultipart => Type == "multipart";

    /// <summary>Reads a media type.</summary>
    /// <param name="text">The value of Content-Type.</param>
    /// <param name="value">The type, where it is one.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MediaType? value)
    {
        value = null;
        var rest = SipChars.Trim(text);
        var semicolon = rest.IndexOf(';');
        var name = semicolon < 0 ? rest : rest[..semicolon];
        var slash = name.IndexOf('/');
        if (slash < 0)
        {
            return false;
        }

        var type = SipChars.Trim(name[..slash]);
        var subtype = SipChars.Trim(name[(slash + 1)..]);
        var parameters = semicolon < 0 ? ParameterList.Empty : new ParameterList(rest[semicolon..].ToString());
        if (!SipChars.IsToken(type) || !SipChars.IsToken(subtype) || !AreValid(parameters))
        {
            return false;
        }

        value = new MediaType(type.ToString(), subtype.ToString(), parameters);
        return true;
    }

    /// <summary>Whether it is of a type and subtype, whatever its parameters.</summary>
    /// <param name="name">Such as <c>text/plain</c>, in any case.</param>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The type with a parameter set; the value is put in quotes where it has to be.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, without quotes.</param>
    /// <exception cref="ArgumentException">The value holds a line end or another control.</exception>
    public MediaType With(string name, string value) => value.AsSpan().ContainsAny(Controls)
        ? throw new ArgumentException("A parameter of a media type holds no line ends and no other controls.", nameof(value))
        : new(Type, Subtype, Parameters.With(name, SipChars.IsToken(value) ? value : QuotedString.Quote(value)));

    /// <summary>
    /// Equality: names in any case, parameters in any order, their values case by case but for charset (RFC 2045
    /// section 5.1).
    /// </summary>
    /// <param name="other">Another type.</param>
    public bool Equals(MediaType? other)
    {
        if (other is null || Name != other.Name)
        {
            return false;
        }

        var names = NamesOf(Parameters);
        return names.SetEquals(NamesOf(other.Parameters)) && names.All(n => string.Equals(
            Parameters.Get(n),
            other.Parameters.Get(n),
            n.Equals("charset", StringComparison.OrdinalIgnoreCase) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MediaType);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Subtype);

    /// <summary>As it stands in Content-Type.</summary>
    public override string ToString() => Name + Parameters.Text;

    private static HashSet<string> NamesOf(ParameterList parameters) =>
        parameters.Enumerate().Select(p => p.Name).Where(n => n.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);

    // A parameter that stands twice would leave open which one was meant: two boundaries read two different bodies.
    private static bool AreValid(ParameterList parameters)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in parameters.Enumerate())
        {
            // Nothing between two semicolons, or behind the last one, is a slip that means nothing.
            if ((name.Length > 0 || value is not null) && (!SipChars.IsToken(name) || !names.Add(name) || !IsValidValue(value)))
            {
                return false;
            }
        }

        return true;
    }

    // The grammar wants what is no token in quotes; peers leave them out around = / : of boundaries and base64.
    private static bool IsValidValue(string? value)
    {
        if (value is null)
        {
            return true;
        }

        return value is ['"', ..]
            ? !value.AsSpan().ContainsAny(Controls) && QuotedString.LengthOf(value) == value.Length
            : value.Length > 0 && !value.AsSpan().ContainsAny(NeverUnquoted) && !value.AsSpan().ContainsAny(Controls);
    }
}
