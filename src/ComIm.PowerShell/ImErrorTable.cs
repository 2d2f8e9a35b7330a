using System.Management.Automation;
using ComIm.Client;

namespace ComIm.PowerShell;

/// <summary>How failures appear as error records: the one place where ids and categories are given out.</summary>
internal static class ImErrorTable
{
    /// <summary>The id and category of a failure. Scripts compare the id, so it never changes.</summary>
    /// <param name="error">The reason.</param>
    public static (string Id, ErrorCategory Category) Find(ImError error) => error switch
    {
        ImError.BadAddress => ("ImBadAddress", ErrorCategory.InvalidArgument),
        ImError.ServerNotFound => ("ImServerNotFound", ErrorCategory.ResourceUnavailable),
        ImError.ServerUnreachable => ("ImServerUnreachable", ErrorCategory.ConnectionError),
        ImError.ServerNotTrusted => ("ImServerNotTrusted", ErrorCategory.SecurityError),
        ImError.Timeout => ("ImTimeout", ErrorCategory.OperationTimeout),
        ImError.AuthenticationFailed => ("ImAuthenticationFailed", ErrorCategory.AuthenticationError),
        ImError.Forbidden => ("ImForbidden", ErrorCategory.PermissionDenied),
        ImError.RecipientUnknown => ("ImRecipientUnknown", ErrorCategory.ObjectNotFound),
        ImError.RecipientUnavailable => ("ImRecipientUnavailable", ErrorCategory.ResourceUnavailable),
        ImError.NotAccepted => ("ImNotAccepted", ErrorCategory.InvalidType),
        ImError.ServerFailure => ("ImServerFailure", ErrorCategory.ProtocolError),
        ImError.Rejected => ("ImRejected", ErrorCategory.InvalidResult),
        ImError.NotSignedIn => ("ImNotSignedIn", ErrorCategory.ConnectionError),
        ImError.StorageFailed => ("ImStorageFailed", ErrorCategory.WriteError),
        _ => ("ImFailure", ErrorCategory.NotSpecified),
    };

    /// <summary>Makes the record of a failure.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">What failed: a recipient, an address, a connection.</param>
    public static ErrorRecord Record(ImException exception, object? target)
    {
        var (id, category) = Find(exception.Error);
        return new ErrorRecord(exception, id, category, target);
    }

    /// <summary>Nobody is signed in.</summary>
    public static ErrorRecord NotSignedIn() =>
        Record(new ImException(ImError.NotSignedIn, "Nobody is signed in: run Connect-ImServer first."), target: null);
}
