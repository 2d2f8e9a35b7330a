using System.Runtime.Versioning;
using System.Security;
using Microsoft.Win32;

namespace ComIm.Com.Registration;

/// <summary>
/// Registers the COM server, its type library included, and takes the registration back without a trace. The files
/// stay where they are: the comhost beside this assembly is what COM loads.
/// </summary>
public static class ComRegistration
{
    /// <summary>Registers ComIm.Application. Doing it again refreshes the registration.</summary>
    /// <param name="scope">For whom.</param>
    /// <exception cref="RegistrationException">It cannot be done here; the message says what to do.</exception>
    public static void Register(RegistrationScope scope)
    {
        if (!OperatingSystem.IsWindows())
        {
            throw NotWindows();
        }

        var comHost = ComServer.FindComHost() ?? throw new RegistrationException(
            $"{ComServer.ComHostFile} is not beside the program. Install ComIm again, or build src/ComIm.Com.");
        DemandDotNet();
        Change(scope, registry => RegistrationKeys.Write(registry, comHost));
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

    /// <summary>Finds the .NET that COM clients will run on.</summary>
    /// <returns>Its folder.</returns>
    /// <exception cref="RegistrationException">There is none, or this is not Windows.</exception>
    public static string FindDotNet() => OperatingSystem.IsWindows() ? DemandDotNet() : throw NotWindows();

    private static RegistrationException NotWindows() => new(
        "COM exists only on Windows (or Wine): run comim.exe there. PowerShell and the comim commands need no registration.");

    [SupportedOSPlatform("windows")]
    private static string DemandDotNet() =>
        new DotNetLocator(Environment.GetEnvironmentVariable, ReadInstallLocation).Find(out var searched)
        ?? throw new RegistrationException(
            $"No 64-bit .NET {DotNetLocator.Major} runtime was found in {string.Join(", ", searched)}. Install the .NET "
            + $"{DotNetLocator.Major} Runtime (x64) and run the command again.");

    // The installer writes it into the 32-bit view only.
    [SupportedOSPlatform("windows")]
    private static string? ReadInstallLocation()
    {
        using var machine = RegistryKey.OpenBaseKey(RegistryHive.LocalMachine, RegistryView.Registry32);
        using var key = machine.OpenSubKey(@"SOFTWARE\dotnet\Setup\InstalledVersions\x64");
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
