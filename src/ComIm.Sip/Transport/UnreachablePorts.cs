using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ComIm.Sip.Transport;

/// <summary>
/// What the network says of datagrams of a socket that nobody took: ICMP "port unreachable" (RFC 3261 section 18.4). Linux keeps each
/// report in a queue beside the socket, with the address that it is about, and in the socket's receive buffer: reports that nobody
/// reads fill it, and no datagram gets in any more. Other systems give the error alone. Safe for use by several threads.
/// </summary>
/// <param name="socket">The socket; its owner closes it.</param>
internal sealed class UnreachablePorts(Socket socket)
{
    // MSG_ERRQUEUE and MSG_DONTWAIT of <linux/socket.h>.
    private const int FromErrorQueue = 0x2000 | 0x40;

    // The longest of struct sockaddr_in and sockaddr_in6.
    private const int AddressLength = 28;

    private readonly Lock _gate = new();
    private readonly byte[] _address = GC.AllocateUninitializedArray<byte>(AddressLength, pinned: true);

    /// <summary>Whether the system says which port it is; where not, only that there is one.</summary>
    public static bool HaveAddresses => OperatingSystem.IsLinux();

    /// <summary>Has the system tell of them, as Windows does by itself.</summary>
    public void Enable()
    {
        if (OperatingSystem.IsLinux())
        {
            // IP_RECVERR at IPPROTO_IP, IPV6_RECVERR at IPPROTO_IPV6 of <linux/in.h> and <linux/in6.h>.
            var (level, option) = socket.AddressFamily == AddressFamily.InterNetwork ? (0, 11) : (41, 25);
            socket.SetRawSocketOption(level, option, BitConverter.GetBytes(1));
        }
    }

    /// <summary>Takes all reports that wait, and makes room for datagrams by it.</summary>
    /// <returns>Where the datagrams were sent to, each once; empty where there are none, or the system does not say.</returns>
    public IReadOnlyCollection<IPEndPoint> Take()
    {
        if (!HaveAddresses)
        {
            return [];
        }

        var places = new HashSet<IPEndPoint>();
        lock (_gate)
        {
            while (TryTake(out var place))
            {
                if (place is not null)
                {
                    places.Add(place);
                }
            }
        }

        return places;
    }

    private bool TryTake(out IPEndPoint? place)
    {
        place = null;
        var message = new MessageHeader { Name = Marshal.UnsafeAddrOfPinnedArrayElement(_address, 0), NameLength = AddressLength };
        try
        {
            if (ReceiveMessage(socket.SafeHandle, ref message, FromErrorQueue) < 0)
            {
                return false;
            }
        }
        catch (ObjectDisposedException)
        {
            // The socket is being closed, and its queue with it.
            return false;
        }

        place = Read(_address.AsSpan(0, (int)Math.Min(message.NameLength, AddressLength)));
        return true;
    }

    private static IPEndPoint? Read(ReadOnlySpan<byte> address) => address.Length switch
    {
        >= AddressLength => new IPEndPoint(
            new IPAddress(address.Slice(8, 16), BitConverter.ToUInt32(address[24..])), BinaryPrimitives.ReadUInt16BigEndian(address[2..])),
        >= 16 => new IPEndPoint(new IPAddress(address.Slice(4, 4)), BinaryPrimitives.ReadUInt16BigEndian(address[2..])),
        _ => null,
    };

    [DllImport("libc", EntryPoint = "recvmsg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ReceiveMessage(SafeSocketHandle socket, ref MessageHeader message, int flags);

    // struct msghdr. The datagram itself is not asked for, nor what else is known of it.
    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        public nint Name;
        public uint NameLength;
        public nint Vectors;
        public nint VectorCount;
        public nint Control;
        public nint ControlLength;
        public int Flags;
    }
}
