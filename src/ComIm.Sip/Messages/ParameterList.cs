namespace ComIm.Sip.Messages;

/// <summary>
/// Parameters such as <c>;tag=1928;lr</c>, kept as the text they came in and read when asked for. Names are compared
/// without regard to case (RFC 3261 section 7.3.1).
/// </summary>
/// <param name="Text">Empty, or beginning with the separator.</param>
public readonly record struct ParameterList(string Text)
{
    /// <summary>No parameters.</summary>
    public static ParameterList Empty { get; } = new(string.Empty);

    /// <summary>Whether a parameter stands there, with or without a value.</summary>
    /// <param name="name">Its name.</param>
    public bool Contains(string name) => TryFind(name, out _, out _, out _);

    /// <summary>A parameter's value, quotes removed; empty for one without a value, null where it is absent.</summary>
    /// <param name="name">Its name.</param>
    public string? Get(string name)
    {
        if (!TryFind(name, out var value, out _, out _))
        {
            return null;
        }

        return value is ['"', .., '"'] ? QuotedString.Unquote(value) : value.ToString();
    }

    /// <summary>The list with a parameter set, in its old place where it had one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value as it is to stand in the header; null for none.</param>
    public ParameterList With(string name, string? value)
    {
        var text = ";" + name + (value is null ? string.Empty : "=" + value);
        return TryFind(name, out _, out var start, out var end)
            ? new ParameterList(string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(end)))
            : new ParameterList(Text + text);
    }

    /// <summary>The list without a parameter.</summary>
    /// <param name="name">Its name.</param>
    public ParameterList Without(string name) =>
        TryFind(name, out _, out var start, out var end)
            ? new ParameterList(string.Concat(Text.AsSpan(0, start), Text.AsSpan(end)))
            : this;

    /// <summary>The names and values in their order; a missing value is null.</summary>
    public IEnumerable<(string Name, string? Value)> Enumerate()
    {
        var position = 0;
        while (position < Text.Length)
        {
            position = Next(position, out var name, out var value, out var hasValue);
            yield return (name, hasValue ? value : null);
        }
    }

    /// <summary>The parameters as they stand in a header.</summary>
    public override string ToString() => Text;

    private int Next(int start, out string name, out string value, out bool hasValue)
    {
        var end = ParameterText.EndOf(Text, start);
        var item = Text.AsSpan(start + 1, end - start - 1);
        var equals = item.IndexOf('=');
        hasValue = equals >= 0;
        name = SipChars.Trim(hasValue ? item[..equals] : item).ToString();
        value = hasValue ? SipChars.Trim(item[(equals + 1)..]).ToString() : string.Empty;
        return end;
    }

    private bool TryFind(string name, out ReadOnlySpan<char> value, out int start, out int end) =>
        ParameterText.TryFind(Text, name, out value, out start, out end);
}
