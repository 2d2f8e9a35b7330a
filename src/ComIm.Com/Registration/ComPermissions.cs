namespace ComIm.Com.Registration;

/// <summary>
/// Who may start the server process and who may call into it, as security descriptors in self-relative form
/// ([MS-DTYP] 2.4.6). A process that COM starts runs as the user who asked, so starting it is harmless and whoever is
/// logged on here may; calling is for that same user and for the system alone: another user would be signed in with
/// somebody's SIP account. Nobody may do either from another machine.
/// </summary>
internal static class ComPermissions
{
    // COM_RIGHTS_EXECUTE, _EXECUTE_LOCAL and _ACTIVATE_LOCAL; without the remote ones of 4 and 16.
    private const int LocalAccess = 1 | 2;
    private const int LocalLaunch = 1 | 2 | 8;

    // Well-known SIDs ([MS-DTYP] 2.4.2.4): S-1-5-10 is the user of the process itself.
    private static readonly int[] Self = [5, 10];
    private static readonly int[] AuthenticatedUsers = [5, 11];
    private static readonly int[] LocalSystem = [5, 18];
    private static readonly int[] Administrators = [5, 32, 544];

    /// <summary>The AppID's LaunchPermission: <c>O:BAG:BAD:(A;;0xB;;;AU)(A;;0xB;;;SY)</c>.</summary>
    public static byte[] Launch => Descriptor(LocalLaunch, AuthenticatedUsers, LocalSystem);

    /// <summary>The AppID's AccessPermission: <c>O:BAG:BAD:(A;;0x3;;;PS)(A;;0x3;;;SY)</c>.</summary>
    public static byte[] Access => Descriptor(LocalAccess, Self, LocalSystem);

    private static byte[] Descriptor(int rights, params int[][] allowed)
    {
        var owner = Sid(Administrators);
        byte[] list = [.. allowed.SelectMany(who => Allow(rights, Sid(who)))];
        const int Header = 20;

        // SE_SELF_RELATIVE | SE_DACL_PRESENT; owner, group, no SACL, DACL.
        return
        [
            1, 0, .. UInt16(0x8004),
            .. Int32(Header), .. Int32(Header + owner.Length), .. Int32(0), .. Int32(Header + (2 * owner.Length)),
            .. owner, .. owner,
            2, 0, .. UInt16(8 + list.Length), .. UInt16(allowed.Length), .. UInt16(0), .. list,
        ];
    }

    // ACCESS_ALLOWED_ACE
    private static byte[] Allow(int rights, byte[] sid) => [0, 0, .. UInt16(8 + sid.Length), .. Int32(rights), .. sid];

    // An authority below 256, then the sub-authorities.
    private static byte[] Sid(int[] parts) =>
        [1, (byte)(parts.Length - 1), 0, 0, 0, 0, 0, (byte)parts[0], .. parts.Skip(1).SelectMany(Int32)];

    private static byte[] UInt16(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Int32(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
