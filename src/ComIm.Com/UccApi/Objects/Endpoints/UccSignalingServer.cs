using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>A server and the transport by which it is reached. The type library has no class for it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSignalingServer : DispatchObject, IUccSignalingServer
{
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccSignalingServer)]);

    /// <summary>Names a server.</summary>
    /// <exception cref="HResultException">
    /// UCC_E_ENDPOINT_NO_SERVER_ADDRESS, UCC_E_INVALID_SERVER_NAME or UCC_E_ENDPOINT_INVALID_SERVER_PROTOCOL.
    /// </exception>
    public UccSignalingServer(string? address, UCC_TRANSPORT_MODE transport)
        : base(Table)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            throw new HResultException(UccHResults.UCC_E_ENDPOINT_NO_SERVER_ADDRESS, "The server has no address.");
        }

        ServerAddress = address.Trim();
        if (!HostPort.TryParse(ServerAddress, out _))
        {
            throw new HResultException(
                UccHResults.UCC_E_INVALID_SERVER_NAME, $"'{ServerAddress}' is not a server. Write it as sip.example.com or 192.0.2.1:5060.");
        }

        if (!Enum.IsDefined(transport))
        {
            throw new HResultException(UccHResults.UCC_E_ENDPOINT_INVALID_SERVER_PROTOCOL, $"{(int)transport} is not a UCC_TRANSPORT_MODE.");
        }

        TransportMode = transport;
    }

    public string ServerAddress { get; }

    public UCC_TRANSPORT_MODE TransportMode { get; }
}
