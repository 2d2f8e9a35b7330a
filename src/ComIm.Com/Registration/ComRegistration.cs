using System.Runtime.Versioning;
using System.Security;
using ComIm.Com.Interop;
using Microsoft.Win32;

namespace ComIm.Com.Registration;

/// <summary>
/// Registers the COM server, its type library included, and takes the registration back without a trace. The files
/// stay where they are: the comhost beside this assembly is what COM loads.
/// </summary>
public static class ComRegistration
{
    /// <summary>Registers ComIm's classes, and the original's where asked. Doing it again registers what is asked then.</summary>
    /// <param name="options">What, and for whom.</param>
    /// <exception cref="RegistrationException">It cannot be done here; the message says what to do.</exception>
    public static void Register(RegistrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsWindows())
        {
            throw NotWindows();
        }

        var plan = Plan(options);
        DemandDotNet(plan.Files.Bits);
        Change(options.Scope, registry => RegistrationKeys.Write(registry, plan));
    }

    /// <summary>Removes the registration. What is not there is passed over.</summary>
    /// <param name="scope">For whom it was registered.</param>
    /// <exception cref="RegistrationException">It cannot be done here; the message says what to do.</exception>
    public static void Unregister(RegistrationScope scope)
    {
        if (!OperatingSystem.IsWindows())
        {
            throw NotWindows();
        }

        Change(scope, RegistrationKeys.Remove);
    }

    /// <summary>
    /// regsvr32 has entered a class; this completes it, so that regsvr32 and <c>comim register --machine</c> end in the
    /// same keys. The comhost by itself writes CLSIDs and ProgIDs, also those of the original, which are not asked for here.
    /// </summary>
    internal static void OnRegistered(Type type)
    {
        var options = new RegistrationOptions { Scope = RegistrationScope.Machine };
        if (type == typeof(Automation.Application))
        {
            Register(options);
        }
        else if (OperatingSystem.IsWindows() && RegisteredClass.All.FirstOrDefault(c => c.Type == type) is { } item)
        {
            Change(options.Scope, registry =>
            {
                if (item.IsOriginal)
                {
                    RegistrationKeys.RemoveUnasked(registry, item);
                }
                else
                {
                    ClassKeys.Write(registry, Plan(options), item);
                }
            });
        }
    }

    /// <summary>regsvr32 takes a class back; with the main one everything goes.</summary>
    internal static void OnUnregistered(Type type)
    {
        if (type == typeof(Automation.Application))
        {
            Unregister(RegistrationScope.Machine);
        }
    }

    /// <summary>Finds the .NET that COM clients will run on.</summary>
    /// <returns>Its folder.</returns>
    /// <exception cref="RegistrationException">There is none, or this is not Windows.</exception>
    public static string FindDotNet() => OperatingSystem.IsWindows() ? DemandDotNet(ServerFiles.Find().Bits) : throw NotWindows();

    private static RegistrationPlan Plan(RegistrationOptions options) =>
        new(ServerFiles.Find(), options.UccApi, options.Process, WineExceptionShim.IsWine);

    private static RegistrationException NotWindows() => new(
        "COM exists only on Windows (or Wine): run comim.exe there. PowerShell and the comim commands need no registration.");

    [SupportedOSPlatform("windows")]
    private static string DemandDotNet(int bits)
    {
        var architecture = bits == 64 ? "x64" : "x86";
        return new DotNetLocator(Environment.GetEnvironmentVariable, () => ReadInstallLocation(architecture), architecture).Find(out var searched)
            ?? throw new RegistrationException(
                $"No {bits}-bit .NET {DotNetLocator.Major} runtime was found in {string.Join(", ", searched)}. Install the .NET "
                + $"{DotNetLocator.Major} Runtime ({architecture}) and run the command again.");
    }

    // The installer writes it into the 32-bit view only.
    [SupportedOSPlatform("windows")]
    private static string? ReadInstallLocation(string architecture)
    {
        using var machine = RegistryKey.OpenBaseKey(RegistryHive.LocalMachine, RegistryView.Registry32);
        using var key = machine.OpenSubKey($@"SOFTWARE\dotnet\Setup\InstalledVersions\{architecture}");
        return key?.GetValue("InstallLocation") as string;
    }

    [SupportedOSPlatform("windows")]
    private static void Change(RegistrationScope scope, Action<IClassRegistry> change)
    {
        try
        {
            using var registry = new WindowsClassRegistry(scope);
            change(registry);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or SecurityException)
        {
            throw new RegistrationException(
                scope == RegistrationScope.Machine
                    ? "Registering for the machine needs administrator rights: run the command elevated, or use --user."
                    : "The registry of this user cannot be written. Ask your administrator.",
                e);
        }
    }
}
