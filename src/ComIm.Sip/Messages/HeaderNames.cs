using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>The names of the known header fields, long and compact (RFC 3261 section 7.3.3).</summary>
public static class HeaderNames
{
    private static readonly string[] Names = MakeNames();
    private static readonly HeaderId[] CompactForms = MakeCompactForms();
    private static readonly Entry[][] Buckets = MakeBuckets();

    /// <summary>The long name in the spelling of its RFC.</summary>
    /// <param name="id">A known field; <see cref="HeaderId.Other"/> has no name.</param>
    public static string NameOf(HeaderId id) => Names[(int)id];

    /// <summary>The number of a field's name; <see cref="HeaderId.Other"/> where it has none.</summary>
    /// <param name="name">Long or compact, in any case.</param>
    public static HeaderId IdOf(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1)
        {
            return CompactForms[name[0] & 0x7f];
        }

        foreach (var entry in Buckets[Bucket(name)])
        {
            if (Ascii.EqualsIgnoreCase(name, entry.Name))
            {
                return entry.Id;
            }
        }

        return HeaderId.Other;
    }

    /// <summary>The same for text.</summary>
    /// <param name="name">Long or compact, in any case.</param>
    public static HeaderId IdOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> bytes = stackalloc byte[64];
        return name.Length is > 0 and <= 64 && Ascii.FromUtf16(name, bytes, out var written) == System.Buffers.OperationStatus.Done
            ? IdOf(bytes[..written])
            : HeaderId.Other;
    }

    private static int Bucket(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? 0 : ((name.Length * 7) + ((name[0] | 0x20) * 3) + (name[^1] | 0x20)) & 0x7f;

    private static string[] MakeNames()
    {
        var names = Enum.GetNames<HeaderId>();
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = (HeaderId)i switch
            {
                HeaderId.CallId => "Call-ID",
                HeaderId.CSeq => "CSeq",
                HeaderId.MinSE => "Min-SE",
                HeaderId.SipETag => "SIP-ETag",
                HeaderId.SipIfMatch => "SIP-If-Match",
                HeaderId.WwwAuthenticate => "WWW-Authenticate",
                _ => Hyphenate(names[i]),
            };
        }

        return names;
    }

    private static string Hyphenate(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(c);
        }

        return text.ToString();
    }

    private static HeaderId[] MakeCompactForms()
    {
        var forms = new HeaderId[128];
        foreach (var (letter, id) in new[]
        {
            ('b', HeaderId.ReferredBy), ('c', HeaderId.ContentType), ('e', HeaderId.ContentEncoding), ('f', HeaderId.From), ('i', HeaderId.CallId),
            ('k', HeaderId.Supported), ('l', HeaderId.ContentLength), ('m', HeaderId.Contact), ('o', HeaderId.Event),
            ('r', HeaderId.ReferTo), ('s', HeaderId.Subject), ('t', HeaderId.To), ('u', HeaderId.AllowEvents), ('v', HeaderId.Via),
            ('x', HeaderId.SessionExpires),
        })
        {
            forms[letter] = forms[char.ToUpperInvariant(letter)] = id;
        }

        return forms;
    }

    private static Entry[][] MakeBuckets()
    {
        var buckets = new List<Entry>[128];
        for (var i = 0; i < buckets.Length; i++)
        {
            buckets[i] = [];
        }

        for (var id = HeaderId.Other + 1; (int)id < Names.Length; id++)
        {
            var name = Encoding.ASCII.GetBytes(NameOf(id));
            buckets[Bucket(name)].Add(new Entry(name, id));
        }

        return Array.ConvertAll(buckets, b => b.ToArray());
    }

    private readonly record struct Entry(byte[] Name, HeaderId Id);
}
