using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>What is known of a conference before and after it is scheduled.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceInformation()
    : DispatchObject(UccCoclasses.UccConferenceInformation.Dispatch), IUccConferenceInformation
{
    /// <summary>A name for the conference that nobody else has.</summary>
    public string ConferenceId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Where it is; null until it is scheduled.</summary>
    public IUccUri? ConferenceUri { get; internal set; }

    /// <summary>Properties of UCC_CONFERENCE_INFORMATION_PROPERTY; of these the subject has an effect.</summary>
    public IUccPropertyCollection Properties { get; } = new UccPropertyCollection();

    /// <summary>Kept for the application: a SIP focus asks nobody for it.</summary>
    public string ConferenceKey { get; set => field = value ?? ""; } = "";

    /// <summary>What it is about; null where nothing is said.</summary>
    internal string? Subject => Properties.IsPropertySet((int)UCC_CONFERENCE_INFORMATION_PROPERTY.UCCCIP_SUBJECT)
        ? Properties.get_Property((int)UCC_CONFERENCE_INFORMATION_PROPERTY.UCCCIP_SUBJECT).Value as string
        : null;
}
