using System.Security.Cryptography;
using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Client.Storage;

/// <summary>
/// Where an account keeps what outlives its run, under <see cref="ImClientOptions.DataDirectory"/>. One program at a time owns it and
/// writes; another that signs the same account in meanwhile reads what is there and keeps nothing of its own.
/// </summary>
internal sealed class AccountFolder : IDisposable
{
    private const int MaxReadableName = 60;

    private readonly FileStream? _lock;

    private AccountFolder(string path, FileStream? owned)
    {
        Path = path;
        _lock = owned;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Whether this program may write.</summary>
    public bool IsOwned => _lock is not null;

    /// <summary>
    /// Names this device to the server across runs (RFC 5626 section 4.1), so that a new run takes the place of the one before; null for
    /// one that does not own the folder, which is another device.
    /// </summary>
    public Guid? InstanceId { get; private init; }

    /// <summary>Opens the folder of an account, and makes it where there is none; null where nothing is to be kept.</summary>
    /// <exception cref="ImException"><see cref="ImError.StorageFailed"/>: it cannot be made or read.</exception>
    public static AccountFolder? Open(ImClientOptions options, SipUri address)
    {
        if (options.DataDirectory is not { } root)
        {
            return null;
        }

        var path = System.IO.Path.Combine(root, NameOf(address));
        try
        {
            CreatePrivate(path);
            var owned = TryLock(System.IO.Path.Combine(path, "lock"));
            return new AccountFolder(path, owned) { InstanceId = owned is null ? null : ReadInstance(owned) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failure($"The data of {address} cannot be kept in {root}: {e.Message}", e);
        }
    }

    /// <summary>The failure of a file operation.</summary>
    public static ImException Failure(string message, Exception? cause = null) => new(ImError.StorageFailed, message, 0, null, cause);

    /// <summary>
    /// A name for a folder or a file that two addresses never share, on file systems that do not tell A from a either, and that
    /// leads nowhere else whatever the address holds: what is readable of it, and a hash of all.
    /// </summary>
    public static string NameOf(SipUri address)
    {
        var host = address.Host.ToLowerInvariant();
        var readable = new string([.. $"{address.User}@{host}".Take(MaxReadableName).Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '@' or '-' ? c : '_')]);
        var key = $"{(address.IsSecure ? "sips" : "sip")}:{address.User}@{host}";
        return readable.Replace("@", " at ", StringComparison.Ordinal).Replace(' ', '-')
            + "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));
    }

    /// <summary>A stream that only the user may read.</summary>
    public static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Makes a folder that only the user may read.</summary>
    public static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Lets another program own it.</summary>
    public void Dispose() => _lock?.Dispose();

    /// <summary>It stands in the file that is locked.</summary>
    private static Guid ReadInstance(FileStream file)
    {
        Span<byte> text = stackalloc byte[36];
        if (file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) == text.Length && Guid.TryParse(text, out var known))
        {
            return known;
        }

        var made = Guid.NewGuid();
        file.SetLength(0);
        file.Position = 0;
        file.Write(Encoding.ASCII.GetBytes(made.ToString("D")));
        file.Flush();
        return made;
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            // The system gives it back when the program ends, however it ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
