using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ComIm.Com.UccApi.Administration;

/// <summary>Windows' data protection (DPAPI): CryptProtectData and its inverse, without any window.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class WindowsDataProtection
{
    private const int NoWindow = 1;
    private const int LocalMachine = 4;

    public static byte[] Protect(byte[] data, bool forMachine)
    {
        fixed (byte* bytes = data)
        {
            Blob input = new() { Length = data.Length, Data = (nint)bytes };
            return CryptProtectData(&input, 0, 0, 0, 0, NoWindow | (forMachine ? LocalMachine : 0), out var output)
                ? Take(output)
                : throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    public static byte[] Unprotect(byte[] data)
    {
        fixed (byte* bytes = data)
        {
            Blob input = new() { Length = data.Length, Data = (nint)bytes };
            return CryptUnprotectData(&input, 0, 0, 0, 0, NoWindow, out var output)
                ? Take(output)
                : throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private static byte[] Take(Blob blob)
    {
        var memory = new Span<byte>((void*)blob.Data, blob.Length);
        var result = memory.ToArray();
        memory.Clear();
        LocalFree(blob.Data);
        return result;
    }

    [LibraryImport("crypt32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CryptProtectData(Blob* input, nint description, nint entropy, nint reserved, nint prompt, int flags, out Blob output);

    [LibraryImport("crypt32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CryptUnprotectData(Blob* input, nint description, nint entropy, nint reserved, nint prompt, int flags, out Blob output);

    [LibraryImport("kernel32.dll")]
    private static partial nint LocalFree(nint memory);

    [StructLayout(LayoutKind.Sequential)]
    private struct Blob
    {
        public int Length;
        public nint Data;
    }
}
