using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;

namespace ComIm.TestKit;

/// <summary>
/// Asks whether this machine has what a test needs: <c>Skip.IfNot(Requires.Kamailio(out var reason), reason);</c>.
/// With <c>CI=true</c> a tool that CI's machine must have is an exception instead of a reason to skip.
/// The reasons of <see cref="RealWindows"/>, <see cref="PowerShellEngine"/> and <see cref="LongRun"/> are known to tests/run.sh.
/// </summary>
public static class Requires
{
    /// <summary>The folder of the Wine prefix that tests/run.sh prepared, or null.</summary>
    public static string? WinePrefix => NonEmpty(Environment.GetEnvironmentVariable("COMIM_WINEPREFIX"));

    private static bool IsWine =>
        NativeLibrary.TryLoad("ntdll", out var ntdll) && NativeLibrary.TryGetExport(ntdll, "wine_get_version", out _);

    // Kamailio, SIPp and Wine are not to be had on Windows, so there nobody can demand them.
    private static bool MustHaveAll =>
        OperatingSystem.IsLinux() && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Kamailio, an independent SIP server.</summary>
    public static bool Kamailio(out string reason) => Tool("kamailio", out reason);

    /// <summary>SIPp, scripted SIP peers.</summary>
    public static bool Sipp(out string reason) => Tool("sipp", out reason);

    /// <summary>Wine and a prefix with a .NET runtime in it.</summary>
    public static bool Wine(out string reason)
    {
        if (WinePrefix is not null)
        {
            return Tool("wine", out reason);
        }

        return Missing("needs the Wine prefix that tests/run.sh prepares (COMIM_WINEPREFIX)", out reason);
    }

    /// <summary>The C++ compiler for Windows.</summary>
    public static bool WindowsCompiler(out string reason) => Tool("x86_64-w64-mingw32-g++", out reason);

    /// <summary>The type library compiler.</summary>
    public static bool Widl(out string reason) => Tool("x86_64-w64-mingw32-widl", out reason);

    /// <summary>Any program on the path or among the system's own.</summary>
    public static bool Tool(string name, out string reason)
    {
        if (Find(name) is not null)
        {
            reason = "";
            return true;
        }

        return Missing($"needs {name}", out reason);
    }

    /// <summary>The right to mount a small disk in memory (root on Linux).</summary>
    public static bool Mount(out string reason)
    {
        reason = "";
        return SmallDisk.IsPossible(out var cause) || Missing($"needs the right to mount a disk in memory: {cause}", out reason);
    }

    /// <summary>The right to make network namespaces (root on Linux, and iproute2).</summary>
    public static bool NetworkNamespaces(out string reason)
    {
        reason = "";
        return NetworkNamespace.IsPossible(out var cause) || Missing($"needs the right to make network namespaces: {cause}", out reason);
    }

    /// <summary>The loopback address of IPv6.</summary>
    public static bool IPv6(out string reason)
    {
        reason = "";
        return NetworkInterface.GetAllNetworkInterfaces().Any(i => i.Supports(NetworkInterfaceComponent.IPv6)
                && i.GetIPProperties().UnicastAddresses.Any(a => a.Address.Equals(IPAddress.IPv6Loopback)))
            || Missing("needs the IPv6 loopback address", out reason);
    }

    /// <summary>Windows itself, not Wine. No machine of CI is one, so this skips there, too.</summary>
    public static bool RealWindows(out string reason)
    {
        reason = "needs real Windows";
        return OperatingSystem.IsWindows() && !IsWine;
    }

    /// <summary>PowerShell 7. It is in no registry that CI can count on, so this skips there, too.</summary>
    public static bool PowerShellEngine(out string reason)
    {
        reason = "needs a PowerShell engine";
        return Find("pwsh") is not null;
    }

    /// <summary>The long form of the tests: load, soak, real-time cuts.</summary>
    public static bool LongRun(out string reason)
    {
        reason = "runs with --long only";
        return NonEmpty(Environment.GetEnvironmentVariable("COMIM_LONG")) is not null;
    }

    /// <summary>The full path of a program, or null. Servers lie in sbin, which not every user has on the path.</summary>
    public static string? Find(string name)
    {
        var suffixes = OperatingSystem.IsWindows() ? new[] { ".exe", ".cmd", "" } : [""];
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var folders = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (!OperatingSystem.IsWindows())
        {
            folders.AddRange(["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]);
        }

        return folders.SelectMany(folder => suffixes.Select(suffix => Path.Combine(folder, name + suffix))).FirstOrDefault(File.Exists);
    }

    private static bool Missing(string what, out string reason)
    {
        if (MustHaveAll)
        {
            throw new InvalidOperationException($"CI must run this test, and it {what}.");
        }

        reason = what;
        return false;
    }

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
