using System.Globalization;

namespace ComIm.TestKit;

/// <summary>A disk in memory that is soon full, and can be made larger. Linux only, as root.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Whether this process may mount one.</summary>
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
            Mount(64).Dispose();
            return true;
        }
        catch (InvalidOperationException e)
        {
            cause = e.Message;
            return false;
        }
    }

    /// <summary>Mounts one.</summary>
    /// <param name="kibibytes">Its size.</param>
    public static SmallDisk Mount(int kibibytes)
    {
        var folder = Directory.CreateTempSubdirectory("comim-disk-").FullName;
        try
        {
            SystemCommand.Run("mount", "-t", "tmpfs", "-o", Size(kibibytes), "tmpfs", folder);
        }
        catch
        {
            Directory.Delete(folder);
            throw;
        }

        return new SmallDisk(folder);
    }

    /// <summary>Gives it another size.</summary>
    public void Resize(int kibibytes) => SystemCommand.Run("mount", "-o", "remount," + Size(kibibytes), Folder);

    /// <summary>Removes it with all that is on it.</summary>
    public void Dispose()
    {
        SystemCommand.Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static string Size(int kibibytes) => string.Create(CultureInfo.InvariantCulture, $"size={kibibytes}k");
}
