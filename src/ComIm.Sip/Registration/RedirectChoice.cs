using System.Globalization;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Registration;

/// <summary>A place that a 301 or 302 names, and how long the word holds (RFC 3261 section 21.3).</summary>
/// <param name="Uri">Where to ask instead.</param>
/// <param name="Lifetime">How long; null for this request only.</param>
internal readonly record struct RedirectChoice(SipUri Uri, TimeSpan? Lifetime)
{
    /// <summary>How long a 301 is believed: a server that moves again may not be able to say so at its old place.</summary>
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether a REGISTER is to go elsewhere. 300 asks a person to choose; 305 would let anybody who can answer become the
    /// proxy of all our requests; 380 is of another service.
    /// </summary>
    public static bool IsRedirect(SipResponse response) => response.StatusCode is 301 or 302;

    /// <summary>The places a redirect names, best first. Where the request had to be secure, only those that are.</summary>
    public static IEnumerable<RedirectChoice> Of(SipResponse response, bool sipsOnly)
    {
        var all = SipNumber.TryParse(response.Headers.GetBytes(HeaderId.Expires), out var header) ? header : (uint?)null;
        var choices = new List<(RedirectChoice Choice, decimal Q)>();
        foreach (var text in response.Headers.GetValues(HeaderId.Contact))
        {
            if (NameAddress.TryParse(text, out var contact) && contact.Uri is { } uri && (uri.IsSecure || !sipsOnly))
            {
                choices.Add((new RedirectChoice(RegistrarUri(uri), LifetimeOf(response, contact, all)), QOf(contact)));
            }
        }

        return choices.OrderByDescending(c => c.Q).Select(c => c.Choice);
    }

    // The Request-URI of a REGISTER has no user part (RFC 3261 section 10.2), and headers are never taken from a redirect.
    private static SipUri RegistrarUri(SipUri uri) =>
        SipUri.Parse((uri.IsSecure ? "sips:" : "sip:") + uri.HostPort + uri.WithoutHeaders().Parameters.Text);

    private static TimeSpan? LifetimeOf(SipResponse response, NameAddress contact, uint? all)
    {
        var seconds = SipNumber.TryParse(contact.Parameters.Get("expires"), out var own) ? own : all;
        TimeSpan? said = seconds is { } number ? TimeSpan.FromSeconds(number) : response.StatusCode == 301 ? MaxLifetime : null;
        return said > MaxLifetime ? MaxLifetime : said;
    }

    private static decimal QOf(NameAddress contact) =>
        decimal.TryParse(contact.Parameters.Get("q"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? q : 1;
}
