using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ComIm.Com.Registration;

namespace ComIm.Com.Hosting;

/// <summary>
/// The COM server as a process of its own: what <c>comim register --own-process</c> registers and COM starts. It ends when
/// nobody has had anything of it for <see cref="Patience"/>.
/// </summary>
public static partial class ClassServer
{
    private const int LocalServer = 4;

    // REGCLS_MULTIPLEUSE | REGCLS_SUSPENDED: all classes appear at once.
    private const int MultipleUseSuspended = 1 | 4;

    /// <summary>How long the server stays without clients.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Serves until nobody needs it any more, or it is cancelled.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistrationException">This is not Windows.</exception>
    public static Task RunAsync(TimeProvider time, CancellationToken cancellationToken) => OperatingSystem.IsWindows()
        ? ServeAsync(time, cancellationToken)
        : throw new RegistrationException("COM exists only on Windows (or Wine).");

    [SupportedOSPlatform("windows")]
    private static async Task ServeAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var clients = new ClientCount();
        var cookies = RegisteredClass.All.Select(c => Offer(c.Type, clients)).ToList();
        try
        {
            Marshal.ThrowExceptionForHR(CoResumeClassObjects());
            using var look = new PeriodicTimer(Patience, time);
            while (await look.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false) && !clients.IsZero())
            {
                // Somebody is still there.
            }
        }
        finally
        {
            cookies.ForEach(static cookie => _ = CoRevokeClassObject(cookie));
        }
    }

    [SupportedOSPlatform("windows")]
    private static int Offer(Type type, ClientCount clients)
    {
        var factory = Marshal.GetComInterfaceForObject(new ClassFactory(type, clients), typeof(IClassFactoryRaw));
        var id = type.GUID;
        try
        {
            Marshal.ThrowExceptionForHR(CoRegisterClassObject(in id, factory, LocalServer, MultipleUseSuspended, out var cookie));
            return cookie;
        }
        finally
        {
            Marshal.Release(factory);
        }
    }

    [LibraryImport("ole32.dll")]
    private static partial int CoRegisterClassObject(in Guid id, nint factory, int context, int flags, out int cookie);

    [LibraryImport("ole32.dll")]
    private static partial int CoResumeClassObjects();

    [LibraryImport("ole32.dll")]
    private static partial int CoRevokeClassObject(int cookie);
}
