using System.Globalization;
using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Administration;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects;

/// <summary>The platform: what an application makes first and shuts down last.</summary>
[ComVisible(true)]
[Guid(UccClassIds.UccPlatform)]
[ClassInterface(ClassInterfaceType.None)]
public partial class UccPlatform : EventSourceObject, IUccPlatform
{
    private const int ShutdownEvent = 100;
    private const int AddressChangeEvent = 101;

    private readonly Lock _gate = new();
    private readonly ConnectionPoint _events;
    private State _state = State.Created;

    /// <summary>Makes a platform that <see cref="Initialize"/> must be called of.</summary>
    public UccPlatform()
        : this(new ImClientOptions(), AdministratorOverrides.Default) => _first = JoinProcess();

    /// <summary>Makes one with a client and an administrator of one's own.</summary>
    internal UccPlatform(ImClientOptions options, IEndpointOverrides overrides)
        : base(UccCoclasses.UccPlatform.Dispatch, UccCoclasses.UccPlatform.Sources, new SinkLane(options.TimeProvider))
    {
        (_options, _overrides) = (options, overrides);
        _events = PointFor(typeof(_IUccPlatformEvents));
        _client = new Lazy<ImClient>(() => MakeClient(options));
        Time = options.TimeProvider;
    }

    private enum State
    {
        Created,
        Initialized,
        ShutDown,
    }

    /// <summary>The name given to <see cref="Initialize"/>; settings and trace files are named for it.</summary>
    internal string ApplicationName { get; private set; } = "";

    /// <summary>Makes the platform ready; once, and before anything else.</summary>
    /// <param name="bstrApplicationName">Names the application: not empty, without <c>*</c>, control and format characters.</param>
    /// <param name="pContext">Properties of UCC_PLATFORM_CONTEXT, or null. There is no media to switch off, so nothing of it is needed.</param>
    /// <exception cref="HResultException">E_INVALIDARG, UCC_E_PLATFORM_ALREADY_INITIALIZED or UCC_E_PLATFORM_ALREADY_SHUT_DOWN.</exception>
    public void Initialize(string? bstrApplicationName, IUccContext? pContext = null)
    {
        if (_first != null)
        {
            _first.Initialize(bstrApplicationName, pContext);
            return;
        }

        if (string.IsNullOrWhiteSpace(bstrApplicationName) || bstrApplicationName.Any(IsForbidden))
        {
            throw new HResultException(HResults.InvalidArgument, "The name of the application is empty or has characters that a file name cannot have.");
        }

        lock (_gate)
        {
            switch (_state)
            {
                case State.Initialized:
                    throw new HResultException(UccHResults.UCC_E_PLATFORM_ALREADY_INITIALIZED, "The platform is initialized already.");
                case State.ShutDown:
                    throw IsShutDown();
                default:
                    ApplicationName = bstrApplicationName;
                    _state = State.Initialized;
                    break;
            }
        }

        ResumeTrace();
    }

    /// <summary>An endpoint that controls a telephone: there is none.</summary>
    /// <param name="eType">What the endpoint is for.</param>
    /// <param name="pControllingEndpoint">The endpoint that controls it.</param>
    /// <param name="pUri">The telephone.</param>
    /// <param name="bstrEndpointId">A name for the endpoint, or null.</param>
    /// <param name="pContext">Properties, or null.</param>
    /// <exception cref="HResultException">UCC_E_MEDIA_DISABLED.</exception>
    public IUccEndpoint CreateProxyEndpoint(
        UCC_ENDPOINT_TYPE eType, IUccEndpoint? pControllingEndpoint, IUccUri? pUri, string? bstrEndpointId, IUccContext? pContext)
    {
        (_first ?? this).DemandInitialized();
        throw MediaDisabled();
    }

    /// <summary>Ends every endpoint and every session; <c>OnShutdown</c> tells when it is done.</summary>
    /// <param name="pOperationContext">What the event is to bring back, or null.</param>
    /// <exception cref="HResultException">UCC_E_PLATFORM_NOT_INITIALIZED or UCC_E_PLATFORM_ALREADY_SHUT_DOWN.</exception>
    public void Shutdown(IUccOperationContext? pOperationContext = null)
    {
        if (_first != null)
        {
            _first.Shutdown(pOperationContext);
            return;
        }

        lock (_gate)
        {
            DemandInitialized();
            _state = State.ShutDown;
        }

        _ = ShutdownAsync(pOperationContext);
    }

    /// <summary>Fails unless the platform is initialized and not shut down.</summary>
    internal void DemandInitialized()
    {
        lock (_gate)
        {
            switch (_state)
            {
                case State.Created:
                    throw new HResultException(UccHResults.UCC_E_PLATFORM_NOT_INITIALIZED, "Call Initialize of the platform first.");
                case State.ShutDown:
                    throw IsShutDown();
                default:
                    break;
            }
        }
    }

    private static bool IsForbidden(char c) => c == '*' || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static HResultException IsShutDown() =>
        new(UccHResults.UCC_E_PLATFORM_ALREADY_SHUT_DOWN, "The platform is shut down and cannot be used again.");
}
