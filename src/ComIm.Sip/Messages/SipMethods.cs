namespace ComIm.Sip.Messages;

/// <summary>The method names. Methods are case-sensitive (RFC 3261 section 7.1).</summary>
public static class SipMethods
{
    /// <summary>RFC 3261 section 17.1.1.3.</summary>
    public const string Ack = "ACK";

    /// <summary>RFC 3261 section 15.</summary>
    public const string Bye = "BYE";

    /// <summary>RFC 3261 section 9.</summary>
    public const string Cancel = "CANCEL";

    /// <summary>RFC 6086.</summary>
    public const string Info = "INFO";

    /// <summary>RFC 3261 section 13.</summary>
    public const string Invite = "INVITE";

    /// <summary>RFC 3428.</summary>
    public const string Message = "MESSAGE";

    /// <summary>RFC 6665.</summary>
    public const string Notify = "NOTIFY";

    /// <summary>RFC 3261 section 11.</summary>
    public const string Options = "OPTIONS";

    /// <summary>RFC 3903.</summary>
    public const string Publish = "PUBLISH";

    /// <summary>RFC 3515.</summary>
    public const string Refer = "REFER";

    /// <summary>RFC 3261 section 10.</summary>
    public const string Register = "REGISTER";

    /// <summary>RFC 6665.</summary>
    public const string Subscribe = "SUBSCRIBE";

    /// <summary>RFC 3311.</summary>
    public const string Update = "UPDATE";

    private static readonly (byte[] Bytes, string Text)[] Known = Array.ConvertAll(
        new[] { Message, Invite, Ack, Bye, Cancel, Register, Notify, Subscribe, Options, Info, Publish, Refer, Update },
        m => (System.Text.Encoding.ASCII.GetBytes(m), m));

    /// <summary>Whether a method is one that this stack has heard of: an element that does not take it answers 405, not 501.</summary>
    /// <param name="method">The method, case-sensitive.</param>
    public static bool IsKnown(string method) => Array.Exists(Known, known => known.Text == method);

    /// <summary>The method as text; a known one is not allocated again.</summary>
    /// <param name="bytes">The method as it came in.</param>
    internal static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        foreach (var (known, text) in Known)
        {
            if (bytes.SequenceEqual(known))
            {
                return text;
            }
        }

        return System.Text.Encoding.ASCII.GetString(bytes);
    }
}
