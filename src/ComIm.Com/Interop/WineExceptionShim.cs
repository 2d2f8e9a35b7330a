using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// Keeps exceptions alive under Wine 8; does nothing anywhere else.
/// <para>
/// The .NET runtime enters its managed exception handling from inside a personality routine and never returns from it.
/// Windows copes. Wine 8 leaves the record of the nested exception on the thread's exception list, in stack memory that
/// is soon overwritten, and the next exception that passes native frames of the runtime walks into it: the process
/// hangs at full load or dies without a word. The cure is a vectored handler, which runs before Wine looks at that
/// list: where the list's head lies below the stack pointer of the faulting code it is dead, and is replaced by the end
/// mark. The handler is machine code because managed code cannot run at that point.
/// </para>
/// <para>
/// It stands here and not in a test assembly because a script host loads nothing but the comhost. It is active only
/// where <c>ntdll!wine_get_version</c> exists; <c>COMIM_WINE_SHIM=0</c> switches it off, to see the fault.
/// </para>
/// </summary>
internal static unsafe partial class WineExceptionShim
{
    private const uint CommitAndReserve = 0x3000;
    private const uint ExecuteReadWrite = 0x40;

    // LONG handler(EXCEPTION_POINTERS* rcx), x64
    private static ReadOnlySpan<byte> Handler =>
    [
        0x48, 0x8B, 0x41, 0x08, // mov rax, [rcx+8]       the CONTEXT
        0x48, 0x8B, 0x80, 0x98, 0x00, 0x00, 0x00, // mov rax, [rax+98h]     its Rsp
        0x65, 0x48, 0x8B, 0x14, 0x25, 0x00, 0x00, 0x00, 0x00, // mov rdx, gs:[0]        TEB.ExceptionList
        0x48, 0x39, 0xC2, // cmp rdx, rax
        0x73, 0x0D, // jae done               above Rsp: alive
        0x65, 0x48, 0xC7, 0x04, 0x25, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, // mov gs:[0], -1
        0x31, 0xC0, // done: xor eax, eax     EXCEPTION_CONTINUE_SEARCH
        0xC3, // ret
    ];

    /// <summary>Whether this process runs on Wine.</summary>
    public static bool IsWine { get; } = OperatingSystem.IsWindows()
        && NativeLibrary.TryLoad("ntdll.dll", out var ntdll)
        && NativeLibrary.TryGetExport(ntdll, "wine_get_version", out _);

#pragma warning disable CA2255 // Nothing else runs early enough: the first exception may come from the first call.
    [ModuleInitializer]
    internal static void Install()
#pragma warning restore CA2255
    {
        if (!IsWine
            || RuntimeInformation.ProcessArchitecture != Architecture.X64
            || Environment.GetEnvironmentVariable("COMIM_WINE_SHIM") == "0")
        {
            return;
        }

        var memory = VirtualAlloc(0, (nuint)Handler.Length, CommitAndReserve, ExecuteReadWrite);
        if (memory != 0)
        {
            Handler.CopyTo(new Span<byte>((void*)memory, Handler.Length));
            _ = AddVectoredExceptionHandler(1, memory);
        }
    }

    [LibraryImport("kernel32.dll")]
    private static partial nint VirtualAlloc(nint address, nuint size, uint type, uint protection);

    [LibraryImport("kernel32.dll")]
    private static partial nint AddVectoredExceptionHandler(uint first, nint handler);
}
