using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ComIm.Cli.Terminal;

/// <summary>Standard output where it is no terminal: a file, or a pipe.</summary>
internal static class StandardOutput
{
    private const int UnixDescriptor = 1;

    /// <summary>Opens it, UTF-8 and line by line.</summary>
    public static TextWriter OpenRedirected() =>
        new StreamWriter(OpenStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    /// <summary>
    /// The console's stream takes it for success that nobody reads a pipe any more: <c>comim listen | head -1</c> would go on
    /// taking messages in and throw them away. A file stream says so.
    /// </summary>
    private static Stream OpenStream()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var stream = new FileStream(new SafeFileHandle(UnixDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // In a file it would write from where it opened it, over what others of the same script write meanwhile.
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
