using Microsoft.Extensions.Logging;

namespace ComIm.Server.Storage;

/// <summary>Whether the store can be written. A full disk is said once when it begins and once when it ends, however many messages come.</summary>
/// <param name="path">The file.</param>
/// <param name="log">Is told.</param>
internal sealed class StoreCondition(string path, ILogger log)
{
    private string? _cause;

    /// <summary>Why the store cannot be written; null where it can.</summary>
    public string? Cause => Volatile.Read(ref _cause);

    /// <summary>Something has been written.</summary>
    public void OnWritten()
    {
        if (Interlocked.Exchange(ref _cause, null) is not null)
        {
            log.LogInformation("The store {Path} can be written again", path);
        }
    }

    /// <summary>Something could not be written.</summary>
    /// <param name="cause">Why.</param>
    public void OnFailed(Exception cause)
    {
        if (Interlocked.Exchange(ref _cause, cause.Message) is null)
        {
            log.LogError(
                "The store {Path} cannot be written: {Cause} Messages for users who are away are answered 503, and what else is to be kept is lost with a "
                + "restart, until there is space or the disk is mended", path, cause.Message);
        }
    }
}
