namespace ComIm.Sip.Location;

/// <summary>RCODE (RFC 1035 section 4.1.1).</summary>
internal enum DnsResponseCode
{
    /// <summary>The name exists, though perhaps without records of the type.</summary>
    NoError = 0,

    /// <summary>The server does not understand the query; an old one says so of EDNS0.</summary>
    FormatError = 1,

    /// <summary>The server could not find out.</summary>
    ServerFailure = 2,

    /// <summary>The name does not exist.</summary>
    NameError = 3,

    /// <summary>The server does not do that.</summary>
    NotImplemented = 4,

    /// <summary>The server does not do that for us.</summary>
    Refused = 5,
}
