using System.Globalization;
using System.Net;

namespace ComIm.TestKit;

/// <summary>
/// A network of its own with one cable to this one: a pair of virtual interfaces, in a private range that no other run uses. The cable
/// can be pulled, and the address behind it changed. Linux only, as root, with iproute2.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private const int Attempts = 20;

    // Of the namespace, and of the cable's end on this side: fifteen characters at most.
    private readonly string _name;
    private readonly int _network;
    private int _host = 2;

    private NetworkNamespace(int network) => (_network, _name) = (network, "comim" + network.ToString(CultureInfo.InvariantCulture));

    /// <summary>This side of the cable, where servers for those inside listen.</summary>
    public IPAddress Outside => AddressOf(1);

    /// <summary>The other side of the cable, now.</summary>
    public IPAddress Inside => AddressOf(_host);

    /// <summary>Whether this process may make one.</summary>
    /// <param name="cause">Why not.</param>
    public static bool IsPossible(out string cause)
    {
        cause = OperatingSystem.IsLinux() ? "" : "this is not Linux";
        if (cause.Length > 0)
        {
            return false;
        }

        try
        {
            Create().Dispose();
            return true;
        }
        catch (InvalidOperationException e)
        {
            cause = e.Message;
            return false;
        }
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="InvalidOperationException">It cannot be made, with what the system says.</exception>
    public static NetworkNamespace Create()
    {
        for (var attempt = 1; ; attempt++)
        {
            // 198.18.0.0/15 is for tests of networks (RFC 2544): nobody's own network.
            var created = new NetworkNamespace(Random.Shared.Next(0, 2 * 256 * 32));
            try
            {
                created.SetUp();
                return created;
            }
            catch (InvalidOperationException) when (attempt < Attempts && File.Exists("/run/netns/" + created._name))
            {
                // Another run has it.
            }
        }
    }

    /// <summary>
    /// The arguments of <c>nsenter</c> for a program that runs inside. <c>ip netns exec</c> would remount what it sees of the system as
    /// well, which a chroot does not allow.
    /// </summary>
    public string[] CommandOf(params string[] command) => ["--net=/run/netns/" + _name, "--", .. command];

    /// <summary>Pulls the cable on this side: nothing passes. Inside, the interface loses its carrier and keeps its address.</summary>
    public void Cut() => SystemCommand.Run("ip", "link", "set", _name, "down");

    /// <summary>Plugs it in again.</summary>
    public void Mend() => SystemCommand.Run("ip", "link", "set", _name, "up");

    /// <summary>Gives the inside another address in place of the one it has.</summary>
    public void ChangeAddress()
    {
        var old = Inside;
        _host = _host == 2 ? 3 : 2;

        // In this order: with the first address of a network its others go as well.
        Execute("ip", "addr", "del", $"{old}/29", "dev", "cable");
        Execute("ip", "addr", "add", $"{Inside}/29", "dev", "cable");
    }

    /// <summary>Removes it. What still runs inside goes on without a network.</summary>
    public void Dispose()
    {
        SystemCommand.TryRun("ip", "link", "del", _name);
        SystemCommand.TryRun("ip", "route", "del", "blackhole", $"{AddressOf(0)}/29");
        SystemCommand.TryRun("ip", "netns", "del", _name);
    }

    private IPAddress AddressOf(int host)
    {
        var number = (_network * 8) + host;
        return new IPAddress([198, (byte)(18 + (number >> 16)), (byte)(number >> 8), (byte)number]);
    }

    private void SetUp()
    {
        SystemCommand.Run("ip", "netns", "add", _name);
        try
        {
            Execute("ip", "link", "set", "lo", "up");
            SystemCommand.Run("ip", "link", "add", _name, "type", "veth", "peer", "name", "cable", "netns", _name);
            SystemCommand.Run("ip", "addr", "add", $"{Outside}/29", "dev", _name);
            SystemCommand.Run("ip", "link", "set", _name, "up");

            // While the cable is pulled nothing of it goes out to a real network.
            SystemCommand.Run("ip", "route", "add", "blackhole", $"{AddressOf(0)}/29", "metric", "1000");
            Execute("ip", "addr", "add", $"{Inside}/29", "dev", "cable");
            Execute("ip", "link", "set", "cable", "up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void Execute(params string[] command) => SystemCommand.Run("nsenter", CommandOf(command));
}
