using ComIm.Client.Accounts;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conferencing;

/// <summary>Where rooms are asked for (RFC 4579 section 5.4).</summary>
internal static class ConferenceFactory
{
    private const string DefaultUser = "conference-factory";

    /// <exception cref="ImException">The settings name something that is no address.</exception>
    public static SipUri Of(ImAccountSettings settings, SipUri self) =>
        settings.ConferenceFactory is { } named ? ImAddress.Parse(named) : new SipUri(DefaultUser, self.HostPort);
}
