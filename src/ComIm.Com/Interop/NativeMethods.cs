using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>The Windows functions that the base calls. Callers ask <see cref="OperatingSystem.IsWindows"/> first.</summary>
internal static unsafe partial class NativeMethods
{
    public const int QuitMessage = 0x0012;
    public const int DestroyedMessage = 0x0082;
    public const int FirstAppMessage = 0x8000;
    public const nint MessageOnlyParent = -3;
    public const uint WaitTimedOut = 0x102;
    public const uint WaitFailed = 0xFFFFFFFF;

    [LibraryImport("oleaut32.dll")]
    public static partial int VariantClear(nint variant);

    [LibraryImport("oleaut32.dll", StringMarshalling = StringMarshalling.Utf16)]
    public static partial int LoadTypeLibEx(string file, int registrationKind, out nint typeLib);

    [LibraryImport("kernel32.dll", StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint GetModuleHandleW(string? name);

    [LibraryImport("user32.dll", SetLastError = true)]
    public static partial ushort RegisterClassExW(WindowClass* windowClass);

    [LibraryImport("user32.dll", SetLastError = true)]
    public static partial nint CreateWindowExW(
        int extendedStyle, nint windowClass, nint name, int style, int x, int y, int width, int height,
        nint parent, nint menu, nint instance, nint parameter);

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool PostMessageW(nint window, int message, nint wParam, nint lParam);

    [LibraryImport("user32.dll")]
    public static partial nint DefWindowProcW(nint window, int message, nint wParam, nint lParam);

    [LibraryImport("user32.dll")]
    public static partial uint MsgWaitForMultipleObjectsEx(int count, nint* handles, uint milliseconds, int wakeMask, int flags);

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool PeekMessageW(WindowMessage* message, nint window, int first, int last, int remove);

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool TranslateMessage(WindowMessage* message);

    [LibraryImport("user32.dll")]
    public static partial nint DispatchMessageW(WindowMessage* message);

    [LibraryImport("user32.dll")]
    public static partial void PostQuitMessage(int exitCode);

    /// <summary>WNDCLASSEXW.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct WindowClass
    {
        public int Size;
        public int Style;
        public nint Procedure;
        public int ClassExtra;
        public int WindowExtra;
        public nint Instance;
        public nint Icon;
        public nint Cursor;
        public nint Background;
        public char* MenuName;
        public char* ClassName;
        public nint SmallIcon;
    }

    /// <summary>MSG.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct WindowMessage
    {
        public nint Window;
        public int Message;
        public nint WParam;
        public nint LParam;
        public int Time;
        public int X;
        public int Y;
    }
}
