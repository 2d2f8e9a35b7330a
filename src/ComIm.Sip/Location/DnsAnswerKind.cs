namespace ComIm.Sip.Location;

/// <summary>How a lookup ended.</summary>
internal enum DnsAnswerKind
{
    /// <summary>There are records.</summary>
    Found,

    /// <summary>The name exists, but has no records of the type.</summary>
    NoData,

    /// <summary>The name does not exist.</summary>
    NoSuchName,

    /// <summary>No server could say.</summary>
    Failed,
}
