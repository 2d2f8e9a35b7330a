using System.Globalization;

namespace ComIm.Sip.Messages;

/// <summary>A CSeq value (RFC 3261 section 20.16).</summary>
/// <param name="Number">Below 2**31.</param>
/// <param name="Method">The method, case-sensitive.</param>
public readonly record struct CSeq(uint Number, string Method)
{
    /// <summary>Reads a CSeq value.</summary>
    /// <param name="text">The header's bytes.</param>
    /// <param name="value">The value, where it is one.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out CSeq value)
    {
        text = SipChars.Trim(text);
        value = default;
        var space = text.IndexOfAny(" \t\r"u8);
        if (space < 0 || !SipNumber.TryParse(text[..space], out var number) || number > int.MaxValue)
        {
            return false;
        }

        var method = SipChars.Trim(text[space..]);
        if (!SipChars.IsToken(method))
        {
            return false;
        }

        value = new CSeq(number, SipMethods.FromBytes(method));
        return true;
    }

    /// <summary>As it stands in the header.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Method}");
}
