using System.Runtime.InteropServices;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// The category <c>serverConfiguration</c>: where the services of the user's server are. A SIP server of today has one of them, the
/// focus factory of its conferences; the others are empty.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccServerConfigurationCategory(UccPresentity presentity, string name)
    : UccCategoryContext(UccCoclasses.UccServerConfigurationCategory, presentity, name), IUccServerConfigurationCategory
{
    public string OrganizationName => "";

    /// <summary>For CreateConferenceManagerSession.</summary>
    public IUccUri FocusFactory { get; } = UccUri.Parse(presentity.Endpoint.DemandAccount().ConferenceFactoryAddress);

    public string MeetingDisclaimer => "";

    public string VoicemailUri => "";

    public IUccUri? MediaRelayAuthenticationServerUri => null;

    public string LocationProfile => "";

    public bool IsDistributionGroupExpansionEnabled => false;

    public string AudioVideoEncryption => "";

    public IUccUri? QualityMonitoringServerUri => null;

    public string get_AddressBookServerUrl(bool fExternal) => "";

    public string get_DistributionGroupExpansionUrl(bool fExternal) => "";

    public string get_ConsoleInstallationUrl(bool fExternal) => "";

    public string get_ConferenceTroubleshootingUrl(bool fExternal) => "";
}
