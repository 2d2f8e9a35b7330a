using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>What the endpoint says of media: there are no relays, and what would need one fails.</summary>
internal sealed partial class UccServerEndpoint : IUccMediaEndpointSettings
{
    private short _minPort;
    private short _maxPort;

    /// <summary>None.</summary>
    public IUccCollection MediaConnectivityServers => new UccCollection([]);

    public void FindMediaConnectivityServers(string? bstrMediaInfoServer, IUccOperationContext? pOperationContext) => throw UccPlatform.MediaDisabled();

    public void AddMediaConnectivityServerWithCredential(IUccMediaConnectivityServerConfiguration? pServerConfig) => throw UccPlatform.MediaDisabled();

    public IUccMediaConnectivityServer AddMediaConnectivityServer(
        UCC_MEDIA_CONNECTIVITY_SERVER_TYPE enType, string? bstrAddress, short nPort, UCC_TRANSPORT_MODE enTransportMode, string? bstrRealm, int lPriority) =>
        throw UccPlatform.MediaDisabled();

    public void RemoveMediaConnectivityServer(IUccMediaConnectivityServer? Server) => throw UccPlatform.MediaDisabled();

    /// <summary>Kept, and used for nothing: applications set it whether they have media or not.</summary>
    public void SetMediaPortRange(short nPortMin, short nPortMax)
    {
        if ((ushort)nPortMin > (ushort)nPortMax)
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_PORTRANGE, "The first port lies behind the last.");
        }

        (_minPort, _maxPort) = (nPortMin, nPortMax);
    }

    public void GetMediaPortRange(out short pnPortMin, out short pnPortMax) => (pnPortMin, pnPortMax) = (_minPort, _maxPort);
}
