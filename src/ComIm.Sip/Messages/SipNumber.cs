namespace ComIm.Sip.Messages;

/// <summary>Unsigned decimal numbers as the grammar has them: digits only.</summary>
internal static class SipNumber
{
    /// <summary>Reads 1*DIGIT, surrounding white space apart; false for anything else or above 2**32-1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out uint value)
    {
        text = SipChars.Trim(text);
        ulong number = 0;
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        foreach (var b in text)
        {
            if (!char.IsAsciiDigit((char)b) || (number = (number * 10) + b - '0') > uint.MaxValue)
            {
                return false;
            }
        }

        value = (uint)number;
        return true;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out uint value) =>
        uint.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out value);
}
