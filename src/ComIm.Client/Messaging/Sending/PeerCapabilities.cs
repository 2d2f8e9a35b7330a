using ComIm.Sip;
using ComIm.Sip.Messages;

namespace ComIm.Client.Messaging.Sending;

/// <summary>What the software of a person has shown that it takes: by Accept, by what it sends, by what it refuses (415).</summary>
internal sealed class PeerCapabilities
{
    private const int MaxTypes = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, bool> _takes = new(StringComparer.OrdinalIgnoreCase);
    private bool _isListKnown;

    /// <summary>The longest content that is sent in one piece: longer ones were refused.</summary>
    public int MaxLength { get; private set; } = int.MaxValue;

    /// <summary>Whether it takes a type; null where it has not said.</summary>
    /// <param name="type">The type.</param>
    /// <param name="offered">What its description of the session lists, which goes before what it has listed elsewhere.</param>
    public bool? Takes(string type, IReadOnlyList<string>? offered = null)
    {
        lock (_gate)
        {
            return _takes.TryGetValue(type, out var takes) ? takes
                : offered is not null ? offered.Contains(type, StringComparer.OrdinalIgnoreCase)
                : _isListKnown ? false : null;
        }
    }

    /// <summary>Whether it says that it takes whatever there is.</summary>
    public bool TakesAnything(IReadOnlyList<string>? offered) => offered is not null ? offered.Contains("*") : Takes("*/*") == true;

    /// <summary>It has used a type, or refused it.</summary>
    public void Learn(string type, bool takes)
    {
        lock (_gate)
        {
            if (_takes.Count < MaxTypes)
            {
                _takes[type] = takes;
            }
        }
    }

    /// <summary>It has said what it takes: the Accept of a 415, or of the answer to OPTIONS (RFC 3261 section 11.2).</summary>
    public void Learn(SipOutcome outcome)
    {
        if (outcome.Failure is not null || !outcome.Response.Headers.Contains(HeaderId.Accept))
        {
            return;
        }

        var types = outcome.Response.Headers.GetValues(HeaderId.Accept).Select(v => v.Split(';')[0].Trim()).Take(MaxTypes);
        lock (_gate)
        {
            // What it has refused it will refuse again, whatever it says.
            foreach (var type in types.Where(t => _takes.GetValueOrDefault(t, true)))
            {
                _takes[type] = true;
            }

            _isListKnown = true;
        }
    }

    /// <summary>A content was refused for its length.</summary>
    public void LearnTooLong(int length) => MaxLength = Math.Min(MaxLength, Math.Max(PieceLength.Least, length));
}
