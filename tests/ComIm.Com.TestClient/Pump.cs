using System.Runtime.InteropServices;

namespace ComIm.Com.TestClient;

/// <summary>The message loop of a single-threaded apartment.</summary>
internal static unsafe partial class Pump
{
    private const int AllInput = 0x04FF;

    // Without it a call of COM that was let in while another one was under way, and not taken, would wake nobody.
    private const int InputAvailable = 4;
    private const int Remove = 1;

    public static void Until(string what, Func<bool> holds)
    {
        var end = Environment.TickCount64 + 60_000;
        Message message;
        while (!holds())
        {
            var left = end - Environment.TickCount64;
            if (left <= 0)
            {
                throw new TimeoutException("no " + what);
            }

            _ = MsgWaitForMultipleObjectsEx(0, 0, (uint)left, AllInput, InputAvailable);
            while (PeekMessageW(&message, 0, 0, 0, Remove) != 0)
            {
                DispatchMessageW(&message);
            }
        }
    }

    [LibraryImport("user32.dll")]
    private static partial uint MsgWaitForMultipleObjectsEx(int count, nint handles, uint milliseconds, int wakeMask, int flags);

    [LibraryImport("user32.dll")]
    private static partial int PeekMessageW(Message* message, nint window, int first, int last, int remove);

    [LibraryImport("user32.dll")]
    private static partial nint DispatchMessageW(Message* message);

    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public nint Window;
        public int Number;
        public nint WParam;
        public nint LParam;
        public int Time;
        public int X;
        public int Y;
    }
}
