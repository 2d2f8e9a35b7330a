using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Conferences;
using ComIm.Com.UccApi.Objects.Signaling;
using ComIm.Com.UccApi.Objects.UserSearch;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>What an endpoint does besides sessions and presence.</summary>
internal sealed partial class UccServerEndpoint : IUccSignalingChannelManager, IUccUserSearchManager, IUccDiagnosticReportingSettings, IUccConferenceManager
{
    private int _reportingMethods;

    /// <summary>Opens a channel for requests outside sessions.</summary>
    public IUccSignalingChannel CreateSignalingChannel(IUccUri? pDestinationUri)
    {
        DemandAccount();
        return pDestinationUri == null
            ? throw new HResultException(HResults.InvalidArgument, "A channel leads to a URI.")
            : new UccSignalingChannel(this, pDestinationUri);
    }

    /// <summary>The conferences that this endpoint has scheduled.</summary>
    internal ScheduledConferences Conferences { get; } = new();

    /// <summary>Schedules conferences at the focus of the user's server; a SIP account has one, whatever the URI says.</summary>
    public IUccConferenceManagerSession CreateConferenceManagerSession(IUccUri? pUri)
    {
        DemandAccount();
        return new UccConferenceManagerSession(this);
    }

    /// <summary>Makes a search over the contact list: a SIP server has no directory to ask.</summary>
    public IUccUserSearchQuery CreateQuery()
    {
        DemandAccount();
        return new UccUserSearchQuery(this);
    }

    /// <summary>Kept: what happens is in the trace, not in a log of the system.</summary>
    public void EnableReportingMethods(UCC_DIAGNOSTIC_REPORTING_METHODS enMethods) => Interlocked.Or(ref _reportingMethods, Check(enMethods));

    public void DisableReportingMethods(UCC_DIAGNOSTIC_REPORTING_METHODS enMethods) => Interlocked.And(ref _reportingMethods, ~Check(enMethods));

    public bool IsReportingMethodEnabled(UCC_DIAGNOSTIC_REPORTING_METHODS enMethods) =>
        (Volatile.Read(ref _reportingMethods) & Check(enMethods)) == (int)enMethods;

    private static int Check(UCC_DIAGNOSTIC_REPORTING_METHODS methods) => ((int)methods & ~UccConstants.UCCDRM_ALL) == 0
        ? (int)methods
        : throw new HResultException(HResults.InvalidArgument, $"{(int)methods} is no sum of UCC_DIAGNOSTIC_REPORTING_METHODS.");
}
